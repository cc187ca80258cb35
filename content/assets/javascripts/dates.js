/* Dates as the site's language writes them, and how long ago they are by the reader's clock: a site that was built
   long ago does not lie. */

import { ago, date as inWords, gettext } from "./language.js";

/* In the lists of trials dates stand as text behind the generator's own words: as elements they would be a tenth of
   each line.  What lies between two dots is one statement. */
const SAID = {
  // For translators: this, “to {date}” and “as of {date}” must differ before or behind the date.
  from: gettext("from {date}"),
  to: gettext("to {date}"),
  "as-of": gettext("as of {date}"),
};
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
const around = Object.entries(SAID).map(([what, message]) => [what, ...message.split("{date}").map(escaped)]);
const patterns = around.map(([, before, after = ""]) => String.raw`${before}(\d{4}(?:-\d{2}){0,2})(?![-\d])${after}`);
const DATES = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${patterns.join("|")})`, "gdu");
const COURSE = new RegExp(`^(?:${around.map(([, before], index) => before || patterns[index]).join("|")})`, "u");

/** Return what is said of a date in a list, "from", "to" or "as-of", in words. */
export const said = (what, date) => SAID[what].replace("{date}", () => date);

/** Return a statement with its dates as elements that know what is said of them. */
function marked(statement) {
  const pieces = [];
  let from = 0;
  for (const { indices } of statement.matchAll(DATES)) {
    const which = indices.findIndex((place, index) => index && place), [start, end] = indices[which], time = document.createElement("time");
    time.textContent = statement.slice(start, end);
    time.dataset.says = around[which - 1][0];
    pieces.push(statement.slice(from, start), time);
    from = end;
  }
  return [...pieces, statement.slice(from)];
}

/** Rewrite the dates of the text. */
export function writeDates(main) {
  for (const line of main.querySelectorAll(":is(.rows, .index) > ul > li > small")) {
    for (const node of [...line.childNodes]) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const pieces = node.data.split(" · ").flatMap((statement, index) => [index ? " · " : "", ...(COURSE.test(statement) ? marked(statement) : [statement])]);
      if (pieces.some((piece) => piece.nodeType)) node.replaceWith(...pieces);
    }
  }
  for (const time of main.querySelectorAll("time")) {
    const text = time.textContent.trim(), stated = time.dateTime || text;
    if (!/^\d{4}-\d{2}(?:-\d{2})?$/.test(stated)) continue;
    if (text === stated && inWords(stated) !== stated) {
      time.dateTime = stated;
      time.textContent = inWords(stated);
    }
    const age = time.closest(".trial-head") && ago(stated);
    if (age) {
      const made = document.createElement("span");
      made.className = "age";
      made.textContent = ` (${age})`;
      time.after(made);
    }
  }
  main.querySelector(".trial-head")?.classList.add("dated");
}
