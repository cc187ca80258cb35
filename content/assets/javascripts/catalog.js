/* What every page loads.  Small comforts, and the parts that look for their place on the page and fetch what it needs.
   Every page can be read without them. */

import { writeAges } from "./ages.js";
import { writeDates } from "./dates.js";
import { startFigures } from "./figures/main.js";
import { startSearch } from "./search/main.js";
import { startStudies } from "./study/main.js";
import { startTrial } from "./trial/main.js";

const all = (selector, /** @type {ParentNode} */ within = document) => within.querySelectorAll(selector);
const make = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const text = () => document.querySelector("article");

/** Give the page that is shown what belongs to it; a second time does nothing. */
function start() {
  const main = text();
  if (!main || main.dataset.started) return;
  main.dataset.started = "true";
  writeDates(main);
  writeAges(main);
  startSearch();
  startTrial();
  startStudies();
  startFigures();
  linkMail(main);
  linkHeadings(main);
  scrollInside(main);
  openMenuByKeyboard();
  showTarget();
  const lost = main.querySelector("[data-lost]"); // what the address asked for may be found under another one
  if (lost) lost.querySelector("[name=q]").value = location.pathname.split("/").filter(Boolean).at(-1)?.replaceAll("-", " ") ?? "";
  const nearMe = main.querySelector(".near-me");
  if (nearMe && (!navigator.geolocation || !isSecureContext)) nearMe.remove();
  nearMe?.addEventListener("click", () => import("./search/near_me.js").then(({ searchNearMe }) => searchNearMe(nearMe.form, nearMe)));
  if (main.querySelector(".facts--key")) import("./trial/print.js").then((print) => {
    shorten = print.shorten;
  });
  import("./offline/main.js").then(({ startOffline }) => startOffline(main));
}

// E-mail addresses are written "name (at) host", in words of the language, so that collectors do not find them.  For readers they are links.
function linkMail(main) {
  for (const place of all(".mail", main)) {
    const parts = /^(\S+) \([^()]+\) (\S+)$/.exec(place.textContent.trim());
    if (!parts) continue;
    const href = `mailto:${encodeURIComponent(parts[1])}@${encodeURIComponent(parts[2])}`;
    place.replaceChildren(make("a", { href }, `${parts[1]}@${parts[2]}`));
  }
}

// Sections can be linked to: a sign for the mouse, not read out; the list of sections serves everybody else.
function linkHeadings(main) {
  for (const heading of all(":is(h2, h3, h4)[id]", main))
    heading.append(make("a", { class: "headerlink", href: `#${heading.id}`, tabindex: "-1", "aria-hidden": "true" }, "#"));
}

// What is folded opens when a link leads into it, and for printing; a line of a document that was asked for by its
// number stands in the middle of the window.
function showTarget() {
  let place = null;
  try {
    place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch { /* not an address of ours */ }
  if (!place) return;
  const folds = [];
  for (let fold = place.closest("details"); fold; fold = fold.parentElement.closest("details")) folds.push(fold);
  for (const fold of folds) fold.open = true;
  if (/^l\d+$/.test(place.id)) place.scrollIntoView({ block: "center" });
  else if (folds.length) place.scrollIntoView();
}
addEventListener("hashchange", showTarget);
addEventListener("load", showTarget);
let folded = [], shorten = null, restore = null;
addEventListener("beforeprint", () => {
  if (shorten && text()?.querySelector(".facts--key")) {
    restore ??= shorten(text());
    return;
  }
  folded = [...all("details:not([open], .flags)", text())];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  restore?.();
  restore = null;
  for (const fold of folded) fold.open = false;
});

// What is wider than the window scrolls inside itself, also by the keyboard.
function scrollInside(main) {
  for (const table of all("table", main)) {
    if (table.closest(".wide")) continue;
    const box = make("div", { class: "wide" });
    table.replaceWith(box);
    box.append(table);
  }
  const title = (box) => box.querySelector("caption, figcaption")?.textContent.trim() || document.title;
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth;
      const attributes = { tabindex: "0", "aria-label": title(target), ...(target.matches("figure") ? {} : { role: "region" }) };
      for (const [key, value] of Object.entries(attributes)) scrolls ? target.setAttribute(key, value) : target.removeAttribute(key);
    }
  });
  for (const box of all(".wide, .md-typeset__scrollwrap, pre", main)) sizes.observe(box);
}

// Material's menu of a narrow window is opened by a label, which the keyboard does not reach: here it is a button.
function openMenuByKeyboard() {
  const label = document.querySelector(".md-header label[for=__drawer]"), drawer = document.querySelector("#__drawer");
  if (!label || !drawer) return;
  const name = label.title;
  const button = make("button", { type: "button", class: `${label.className} menu`, "aria-label": name, "aria-expanded": "false" }, ...label.childNodes);
  label.replaceWith(button);
  drawer.addEventListener("change", () => button.setAttribute("aria-expanded", String(drawer.checked)));
  button.addEventListener("click", () => {
    drawer.click();
    document.querySelector(".md-sidebar--primary .md-nav__list a")?.focus({ preventScroll: true });
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !drawer.checked) return;
    drawer.click();
    button.focus();
  });
}

// Material tells when a page is shown, also where navigation.instant changes it in place.
if (window.document$) window.document$.subscribe(start);
else start();
