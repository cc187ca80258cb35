/* Trials that a reader ticks in hits and lists, to compare them.  They are kept until the tab is closed. */

import { gettext, ngettext } from "../language.js";
import { element, root } from "../search/site.js";
import { idIn } from "../study/paths.js";

const FEW = 2, MOST = 4;
const KEY = `compare ${root.pathname}`;

let ticked = kept(), bar = null, said = null;

function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return found.filter(({ path, id, title }) => [path, id, title].every((text) => typeof text === "string")).slice(0, MOST);
  } catch {
    return []; // nothing kept, or nothing of ours
  }
}

/** Return the box with which to tick a trial: `url` is the address of its page. */
export function tickBox(url, title, number = "") {
  const path = new URL(url, root).pathname.split("/").filter(Boolean).at(-1);
  const box = element("input", { type: "checkbox", checked: ticked.some((one) => one.path === path), "data-trial": path });
  box.addEventListener("change", () => {
    if (box.checked && ticked.length >= MOST) {
      box.checked = false;
      return show(gettext("{count} trials are ticked, more cannot be compared at once. Take one away first.", { count: MOST }));
    }
    change(box.checked ? [...ticked, { path, id: number || idIn(path), title }] : ticked.filter((one) => one.path !== path));
  });
  return element("label", { class: "tick" }, box, " ", gettext("Compare"), element("span", { class: "sr-only" }, ` ${title}`));
}

/** Return the bar that says what is ticked and leads to the comparison; it belongs behind the last of the boxes. */
export function ticksBar() {
  said = element("p", { role: "status" });
  bar = element("section", { class: "ticked", "aria-label": gettext("Trials to compare"), hidden: true });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    ticked = kept();
    tickBoxes();
    show();
  });
  show();
  return element("div", { class: "ticked-place" }, bar, element("div", { class: "sr-only" }, said));
}

/** Put a box into each row of a list that leads to a trial. */
export function tickRows(rows) {
  const found = [...rows].map((row) => [row, row.querySelector("a[href]")]).filter(([, link]) => /\/trials\/[^/]+\/$/.test(new URL(link?.href ?? "", root).pathname));
  if (found.length < FEW) return;
  for (const [row, link] of found) (row.querySelector("small") ?? link).after(" ", tickBox(link.href, link.textContent.trim()));
  found.at(-1)[0].closest(".rows").after(ticksBar());
}

function change(trials) {
  ticked = trials;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(ticked));
  } catch { /* a browser that keeps nothing: it holds for this page */ }
  tickBoxes();
  show();
}

function tickBoxes() {
  for (const box of document.querySelectorAll(".tick input")) box.checked = ticked.some(({ path }) => path === box.dataset.trial);
}

function show(warning = "") {
  bar.hidden = !ticked.length;
  document.documentElement.classList.toggle("has-ticked", Boolean(ticked.length));
  const state = !ticked.length ? "" : ticked.length < FEW ? gettext("1 trial ticked: tick another to compare") : ngettext("{n} trial ticked", "{n} trials ticked", ticked.length);
  if (warning || bar.childElementCount) said.textContent = warning || state || gettext("No trial ticked");
  const away = (text, name, trials, index) => {
    const button = element("button", { type: "button", "aria-label": name }, text);
    button.addEventListener("click", () => {
      change(trials);
      (bar.hidden ? document.querySelector(".tick input") ?? document.querySelector("main") : bar.querySelectorAll("button")[index] ?? bar.querySelector("button")).focus();
    });
    return button;
  };
  const address = new URL(`compare/?trials=${ticked.map(({ id }) => encodeURIComponent(id)).join(",")}`, root).href;
  bar.replaceChildren(
    element("p", { class: "ticked__said" }, warning || state),
    element("ul", {}, ticked.map(({ path, id, title }, index) => element("li", { title },
      away([id, element("span", { "aria-hidden": "true" }, " ×")], gettext("Remove {trial}", { trial: id }), ticked.filter((one) => one.path !== path), index)))),
    ticked.length < FEW ? "" : element("a", { class: "ticked__go", href: address }, ngettext("Compare {n} trial", "Compare {n} trials", ticked.length)),
    away(gettext("Clear"), gettext("Clear all ticks"), [], 0));
}
