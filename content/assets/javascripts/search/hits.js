/* One hit: what it shows, and why it matches. */

import { catalog, element, number, root } from "./site.js";
import { writeAges } from "../ages.js";
import { status } from "../study/words.js";
import { tickBox } from "../compare/ticks.js";
import { fits, words } from "./words.js";

const SECTIONS = {
  summary: "Summary", "said-of-several-trials-together": "Said of several trials together", "who-can-take-part": "Who can take part",
  "arms-and-interventions": "Arms and interventions", "what-is-measured": "What is measured", "sponsors-and-people": "Sponsors and people",
  "sites-and-contacts": "Sites and contacts", identifiers: "Identifiers", "also-spelled": "Also spelled", "not-understood-by-the-reader": "Not understood by the reader",
};
/** Return a status as the pages show it, by its code and the date on which it was said. */
function statusChip(code, said, labels) {
  return element("b", { class: status(code).look, "data-said": said ?? "" }, code ? labels.status?.[code] ?? code : "Status not stated");
}

/** Return text with the words that the query means marked. */
export function marked(text, terms) {
  const pieces = text.split(/([\p{L}\p{N}\p{M}]+(?:[-–][\p{L}\p{N}\p{M}]+)*)/u);
  return pieces.map((piece, index) => {
    if (index % 2 === 0) return piece;
    const forms = [words(piece).join(""), ...words(piece)];
    return terms.some((term) => forms.some((form) => fits(form, term))) ? element("mark", {}, piece) : piece;
  });
}

/** Return Pagefind's excerpt as nodes; its text becomes text. */
function excerpt(html) {
  const text = (escaped) => escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replace(/§\s?/g, "");
  return html.split(/(<mark>.*?<\/mark>)/s).map((piece) =>
    piece.startsWith("<mark>") ? element("mark", {}, text(piece.slice(6, -7))) : text(piece));
}

/** Return the reasons that lie in names: "Imukin" is another spelling of a drug; somebody is an investigator. */
function reasons(data, terms, labels) {
  if (!terms.length || !data.meta.names) return [];
  const fitting = (spelling) => {
    const inside = [words(spelling).join(""), ...words(spelling)];
    return terms.every((term) => inside.some((word) => word.startsWith(term))) || inside.some((word) => word.startsWith(terms.join("")));
  };
  const found = [];
  for (const line of data.meta.names.split(" ␞ ")) {
    const [role, name, ...others] = line.split(" ␟ ");
    const label = labels.role?.[role] ?? "Name";
    if (fitting(name)) found.push([`${label}: `, ...marked(name, terms)]);
    else {
      const spelling = others.find(fitting);
      if (spelling) found.push(["“", ...marked(spelling, terms), `” is another spelling of ${name} (${label.toLowerCase()})`]);
    }
  }
  return found.slice(0, 2);
}

const written = (day) => new Intl.DateTimeFormat(document.documentElement.lang === "en" ? "en-GB" : document.documentElement.lang || "en-GB", { day, month: "long", year: "numeric", timeZone: "UTC" });
const DAY = written("numeric"), MONTH = written(undefined);

const dated = (date) => {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(date);
  if (!parts) return date;
  return (parts[3] ? DAY : MONTH).format(new Date(Date.UTC(parts[1], parts[2] - 1, parts[3] ?? 1)));
};

const STATES = { 1: "this site says that it recruits", 2: "the trial recruits; whether this site does is not stated", 3: "not recruiting here" };
const FORMER_STATES = { 1: "this site said that it recruits", 2: "the trial was said to recruit; whether this site does is not stated", 3: "not recruiting here" };

/** Return where the nearest site of a trial is, and whether it takes people; *isOld* where that was said long ago. */
function nearby({ rank, name, km }, isOld) {
  const distance = km < 1 ? "in town" : `${number(Math.round(km))} km`;
  return element("p", { class: `hit__near hit__near--${isOld ? "old" : rank}` }, `${name}, ${distance}: ${(isOld ? FORMER_STATES : STATES)[rank]}`);
}

/** Return one hit as a list item. */
export async function hitItem(data, { terms, numberBy, near, around }) {
  const labels = (await catalog()).labels;
  const meta = data.meta;
  const url = new URL(data.raw_url.replace(/^\//, ""), root).href;
  const facts = [
    meta.number || "no registry number in these documents", meta.acronym,
    (meta.phase ?? "").split(" ").filter((code) => code && code !== "NA").map((code) => labels.phase?.[code] ?? code).join(" / ") || labels.type?.[meta.type],
    meta.condition, meta.sponsor, meta.country, meta.people && `${number(Number(meta.people))} participants`,
    meta.start && `start ${dated(meta.start)}`, meta.updated && `as of ${dated(meta.updated)}`,
  ].filter(Boolean);
  const why = numberBy ? [["Its number: ", element("mark", {}, numberBy)]] : reasons(data, terms, labels);
  const sections = numberBy || !terms.length ? [] : (data.sub_results ?? [])
    .map((part) => part.url.split("#")[1]).filter((anchor) => SECTIONS[anchor] && !["identifiers", "also-spelled"].includes(anchor));
  const item = element("li", { class: "hit" },
    element("p", { class: "hit__title" }, element("a", { href: around && near ? `${url}#${around}` : url }, marked(meta.title ?? "", terms)), " ", statusChip(meta.status, meta.updated, labels)),
    element("p", { class: "hit__facts" }, facts.join(" · "), " ", tickBox(url, meta.title ?? "", meta.number)));
  writeAges(item);
  if (near) item.append(nearby(near, item.querySelector("b.stale") !== null));
  for (const reason of why) item.append(element("p", { class: "hit__why" }, reason));
  if (!numberBy && terms.length && data.excerpt.includes("<mark>")) item.append(element("p", { class: "hit__excerpt" }, "… ", excerpt(data.excerpt), " …"));
  if (sections.length)
    item.append(element("p", { class: "hit__sections" }, "Found in: ", [...new Set(sections)].slice(0, 4).flatMap((anchor, index) => [
      index ? " · " : "", element("a", { href: `${url}#${anchor}` }, SECTIONS[anchor])])));
  return item;
}
