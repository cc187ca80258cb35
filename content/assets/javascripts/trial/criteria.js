/* Criteria become lists to tick, for the reader's own notes.  Nothing leaves the page, and nothing is kept unless asked. */

import { gettext, number } from "../language.js";

const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const BLOCKS = "ul, ol, p, dl, table";

/** Put a box before each criterion of the page, and count what is ticked below them. */
export function makeTickable() {
  const groups = [...document.querySelectorAll(".criteria__column, .criteria-whole")];
  const boxes = groups.flatMap((group) => [...group.querySelectorAll(":scope > :is(ul, ol) > li")].map(withBox));
  if (!boxes.length) return;
  const place = `ticks ${location.pathname}`;
  const said = make("span", { role: "status" });
  const keep = make("input", { type: "checkbox" });
  const clear = make("button", { type: "button" }, gettext("Clear"));
  const isParted = groups[0].matches(".criteria__column"); // then the first are those of the inclusion
  const change = () => {
    const parts = groups.map((group) => boxes.filter((box) => group.contains(box))).map((own, index) => own.length && ticked(own, isParted ? index : 2));
    said.textContent = gettext("Ticked: {parts}.", { parts: parts.filter(Boolean).join(", ") });
    clear.hidden = !boxes.some((box) => box.checked);
    try {
      if (keep.checked) sessionStorage.setItem(place, boxes.map((box) => Number(box.checked)).join(""));
      else sessionStorage.removeItem(place);
    } catch { /* a browser that keeps nothing */ }
  };
  try {
    const kept = sessionStorage.getItem(place);
    if (kept?.length === boxes.length) {
      keep.checked = true;
      boxes.forEach((box, index) => { box.checked = kept[index] === "1"; });
    }
  } catch { /* a browser that keeps nothing */ }
  for (const box of [...boxes, keep]) box.addEventListener("change", change);
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    change();
    boxes[0].focus();
  });
  const words = [
    isParted ? gettext("A tick says that this is so: each ticked exclusion criterion speaks against taking part.") : "",
    gettext("For your own notes: only the trial’s team can say who can take part."),
  ].filter(Boolean).join(" ");
  const keeping = make("label", {}, keep, " ", gettext("Keep my ticks until this tab is closed"));
  const bar = make("div", { class: "ticks" }, said, clear, keeping, make("small", {}, words));
  (document.querySelector(".criteria") ?? groups.at(-1)).after(bar);
  change();
}

/** Say how many of the boxes of the inclusion (0), of the exclusion (1) or of both (2) are ticked. */
function ticked(boxes, part) {
  const values = { ticked: number(boxes.filter((box) => box.checked).length), all: number(boxes.length) };
  if (part === 2) return gettext("{ticked} of {all}", values);
  return part ? gettext("exclusion {ticked} of {all}", values) : gettext("inclusion {ticked} of {all}", values);
}

function withBox(item) {
  const box = make("input", { type: "checkbox" });
  const begins = [...item.childNodes].find((node) => node.nodeType === Node.ELEMENT_NODE || node.textContent.trim());
  const first = begins?.nodeName === "P" ? begins : item;
  const inner = [];
  for (const node of first.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS)) break;
    inner.push(node);
  }
  const label = make("label");
  first.prepend(label);
  label.append(box, make("span", {}, ...inner));
  item.classList.add("tickable");
  return box;
}
