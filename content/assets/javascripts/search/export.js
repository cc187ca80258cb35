/* The hits of a search as files: a table for spreadsheets, and records for reference managers. */

import { csvOf } from "../files.js";
import { gettext } from "../language.js";
import { loadText, root } from "./site.js";

/** More hits than this are not fetched one by one. */
export const MOST = 2000;
const TOGETHER = 20;
const COLUMNS = ["number", "title", "acronym", "status", "phase", "type", "condition", "sponsor", "country", "people", "start", "updated"];
const HEADINGS = [
  gettext("Registry number"), gettext("Title"), gettext("Acronym"), gettext("Status"), gettext("Phase"), gettext("Study type"), gettext("Condition"), gettext("Sponsor"),
  gettext("Country"), gettext("Participants"), gettext("Start"), gettext("As of"), gettext("Page"), gettext("Hit"), gettext("Hits"), gettext("Catalog version"),
  gettext("Search"), gettext("Retrieved"),
];

/** Forms of records: the file that holds those of all trials, what begins a record, and where its id stands. */
const FORMS = {
  ris: { file: "data/citations.ris", begins: /^(?=TY {2}- )/m, id: /^ID {2}- (.+)$/m },
  bib: { file: "data/citations.bib", begins: /^(?=@)/m, id: /^@\w+\{([^,]+),/ },
};

/** Yield what the search knows of each hit; `told` is called with the number that is fetched. */
async function* fetched(results, told) {
  const shown = results.slice(0, MOST);
  for (let from = 0; from < shown.length; from += TOGETHER) {
    yield* await Promise.all(shown.slice(from, from + TOGETHER).map((result) => result.data()));
    told(Math.min(from + TOGETHER, shown.length));
  }
}

/** Return hits as CSV text, each row with the search, the version and the day it comes from. */
export async function asTable(results, { version, address, day, labels }, told = () => {}) {
  const rows = [HEADINGS];
  const word = (column, code) => (code ? code.split(" ").map((one) => labels[column]?.[one] ?? one).join("; ") : "");
  for await (const data of fetched(results, told)) {
    const meta = data.meta, value = (column) => (["status", "phase", "type"].includes(column) ? word(column, meta[column]) : meta[column] ?? "");
    const page = new URL(data.raw_url.replace(/^\//, ""), root).href;
    rows.push([...COLUMNS.map(value), page, rows.length, results.length, version, address, day]);
  }
  return csvOf(rows);
}

/** Return the records of hits in a form, "ris" or "bib", in the order of the hits; null where the site has none. */
export async function asRecords(results, form, told = () => {}) {
  const { file, begins, id } = FORMS[form], text = await loadText(file);
  if (text === null) return null;
  const records = new Map(text.split(begins).map((record) => [record.match(id)?.[1], record]));
  const found = [];
  for await (const data of fetched(results, told)) {
    const name = data.meta.number || data.raw_url.replace(/\/$/, "").split("/").pop(); // a trial without a number has a name
    if (records.has(name)) found.push(records.get(name));
  }
  return { text: found.join(""), records: found.length };
}
