/* Numbers of a thousand and more that count something, as the page's language writes numbers.

   Only in places that the generator words, by what stands around them: registry numbers, years, and whatever is quoted
   from a document stay as they are written. */

import { number } from "./language.js";

const GROUPED = String.raw`\d{1,3}(?:,\d{3})+`;
const COUNTED = "trials?|participants?|remarks?|sites?|towns?|countries|documents?|lines?|unread|shared|more|of|to|in";

/* Where numbers stand -> the numbers there: at the end in brackets; before what is counted; alone. */
const inBrackets = new RegExp(String.raw`(?<=\()${GROUPED}(?=\)\s*$)`, "g");
const beforeNoun = new RegExp(String.raw`(?<=^|[\s(])${GROUPED}(?= (?:${COUNTED})\b)`, "g");
const inParts = new RegExp(String.raw`(?<=(?:^|· )\s*)${GROUPED}(?= (?:${COUNTED})\b)`, "g");
const leading = new RegExp(String.raw`^\s*${GROUPED}(?=\s*(?:$|\())`, "g");
const PLACES = [
  [":is(.rows, .index) small", inParts],
  [".figures strong, .chart td", leading],
  ['main a[href$="-sites/"]', beforeNoun],
];
const OF_LISTS = [
  ["h2, h3, .parts a, .neighbours li", inBrackets],
  [".lead, .entity-head > p, main > p > a, figcaption, caption", beforeNoun],
];

/** Rewrite the numbers of the text, where the page's language writes them in another way. */
export function writeNumbers(main) {
  if (number(1234567) === "1,234,567") return;
  // The headings of a trial's pages may be words of a document.
  const isTrial = /\/trials\/(?!(?:list\/[^/]+\/)?$)/.test(location.pathname);
  for (const [places, numbers] of isTrial ? PLACES : [...PLACES, ...OF_LISTS])
    for (const place of main.querySelectorAll(places)) rewriteIn(place, numbers);
  for (const label of main.querySelectorAll(".facts li > strong:first-child"))
    if (label.textContent.trim() === "Participants") rewriteIn(label.parentNode, leading);
}

function rewriteIn(place, numbers) {
  for (const node of [...place.childNodes]) {
    if (node.nodeType !== Node.TEXT_NODE || !node.data.includes(",")) continue;
    const pieces = [];
    let from = 0;
    for (const { 0: found, index } of node.data.matchAll(numbers)) {
      const at = index + found.search(/\d/), value = Number(found.replace(/[^\d]/g, ""));
      const made = document.createElement("data");
      made.value = value;
      made.textContent = number(value);
      pieces.push(node.data.slice(from, at), made);
      from = index + found.length;
    }
    if (pieces.length) node.replaceWith(...pieces, node.data.slice(from));
  }
}
