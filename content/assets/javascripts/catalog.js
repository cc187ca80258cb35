/* What every page loads.  Small comforts, and the parts that look for their place on the page and fetch what it needs.
   Every page can be read without them. */

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

// Dates as the reader's language writes them, and how long ago they are by the reader's clock: a site that was built
// long ago does not lie.
const asWritten = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/;
const language = navigator.language || "en";
const formats = ["year", "month", "day"].map((_, index) => new Intl.DateTimeFormat(language, {
  year: "numeric", ...(index > 0 && { month: "long" }), ...(index > 1 && { day: "numeric" }), timeZone: "UTC",
}));
const relative = new Intl.RelativeTimeFormat("en", { numeric: "always" });

function age([, year, month, day]) {
  const now = new Date();
  let months = (now.getFullYear() - year) * 12 + now.getMonth() + 1 - month;
  if (day && now.getDate() < day) months -= 1;
  if (months < 1) return "";
  return months < 12 ? relative.format(-months, "month") : relative.format(-Math.floor(months / 12), "year");
}

for (const time of all("time", main)) {
  const text = time.textContent.trim(), parts = asWritten.exec(time.dateTime || text);
  if (!parts) continue;
  const [, year, month, day] = parts.map(Number);
  if (text === parts[0] || (!/^en\b(?!-(?:US|CA|PH))/.test(language) && /\d{4}$/.test(text))) {
    const moment = new Date(Date.UTC(year, month - 1, day || 1));
    if (moment.getUTCMonth() + 1 !== month) continue; // no day of the calendar
    time.dateTime = parts[0];
    time.textContent = formats[day ? 2 : 1].format(moment);
    if (!language.startsWith("en")) time.lang = language;
  }
  const ago = time.closest(".trial-head") && age(parts);
  if (ago) time.after(make("span", { class: "age" }, ` (${ago})`));
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
