/* What every page loads.  Small comforts, and the parts that look for their place on the page and fetch what it needs.
   Every page can be read without them. */

import "./dates.js";
import "./search/main.js";
import "./trial/main.js";
import "./study/main.js";
import "./figures/main.js";
import "./numbers.js";
import "./contents.js";

const all = (selector, within = document) => within.querySelectorAll(selector);
const make = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const main = document.querySelector("main");

// E-mail addresses are written "name (at) host" so that collectors do not find them.  For readers they are links.
for (const place of all(".mail")) {
  const parts = /^(\S+) \(at\) (\S+)$/.exec(place.textContent.trim());
  if (!parts) continue;
  const href = `mailto:${encodeURIComponent(parts[1])}@${encodeURIComponent(parts[2])}`;
  place.replaceChildren(make("a", { href }, `${parts[1]}@${parts[2]}`));
}

// Sections can be linked to: a sign for the mouse, not read out; the list of sections serves everybody else.
for (const heading of all(":is(h2, h3)[id]", main))
  heading.append(make("a", { class: "headerlink", href: `#${heading.id}`, title: "Link to this section", tabindex: "-1", "aria-hidden": "true" }, "#"));

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
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...all("details:not([open])", main)];
  for (const fold of folded) fold.open = true;
});
addEventListener("afterprint", () => {
  for (const fold of folded) fold.open = false;
});

// What is wider than the window scrolls inside itself, also by the keyboard.
for (const table of all("table", main)) {
  if (table.closest(".wide")) continue;
  const box = make("div", { class: "wide" });
  table.replaceWith(box);
  box.append(table);
}
const wide = all(".wide, pre", main);
if (wide.length) {
  const title = (box) => box.querySelector("caption, figcaption")?.textContent.trim() || document.title;
  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      const scrolls = target.scrollWidth > target.clientWidth;
      const attributes = { tabindex: "0", "aria-label": title(target), ...(target.matches("figure") || { role: "region" }) };
      for (const [key, value] of Object.entries(attributes)) scrolls ? target.setAttribute(key, value) : target.removeAttribute(key);
    }
  });
  for (const box of wide) sizes.observe(box);
}

// Back to the top of a long page: offered to who scrolls up.
const top = make("button", { type: "button", class: "md-top", hidden: "" }, "Back to top");
let last = scrollY;
top.addEventListener("click", () => {
  scrollTo({ top: 0 });
  main.focus({ preventScroll: true });
});
addEventListener("scroll", () => {
  if (Math.abs(scrollY - last) < 8) return;
  top.hidden = scrollY > last || scrollY < innerHeight;
  last = scrollY;
}, { passive: true });
document.body.append(top);
