/* The hits of a search as a table for spreadsheets, each row with the search, the version and the day it comes from. */

import { root } from "./site.js";

/** More hits than this are not fetched one by one. */
export const MOST = 2000;
const TOGETHER = 20;
const COLUMNS = ["number", "title", "acronym", "status", "phase", "type", "condition", "sponsor", "country", "people", "start", "updated"];
const HEADINGS = ["Number", "Title", "Acronym", "Status", "Phase", "Study type", "Condition", "Sponsor", "Country", "Participants", "Start", "As of", "Page", "Hit", "Hits", "Catalog version", "Search", "Retrieved"];

/** Quote a value; a spreadsheet must not take it for a formula. */
const quoted = (value) => `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;

/** Return hits as CSV text; `told` is called with the number that is fetched. */
export async function asTable(results, { version, address, day, labels }, told = () => {}) {
  const shown = results.slice(0, MOST), lines = [HEADINGS.map(quoted).join(",")];
  const word = (column, code) => (code ? code.split(" ").map((one) => labels[column]?.[one] ?? one).join("; ") : "");
  for (let from = 0; from < shown.length; from += TOGETHER) {
    const some = await Promise.all(shown.slice(from, from + TOGETHER).map((result) => result.data()));
    some.forEach((data, index) => {
      const meta = data.meta, value = (column) => (["status", "phase", "type"].includes(column) ? word(column, meta[column]) : meta[column] ?? "");
      const page = new URL(data.raw_url.replace(/^\//, ""), root).href;
      lines.push([...COLUMNS.map(value), page, from + index + 1, results.length, version, address, day].map(quoted).join(","));
    });
    told(Math.min(from + TOGETHER, shown.length));
  }
  return `\ufeff${lines.join("\r\n")}\r\n`;
}
