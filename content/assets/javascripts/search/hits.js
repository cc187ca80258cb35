/* One hit: what it shows, and why it matches. */

import { date, gettext, inSentence, ngettext, number, withElements } from "../language.js";
import { catalog, element, root } from "./site.js";
import { writeAges } from "../ages.js";
import { status } from "../study/words.js";
import { tickBox } from "../compare/ticks.js";
import { EVERY_TRIAL } from "./engine.js";
import { fits, words } from "./words.js";

const SECTIONS = {
  summary: gettext("Summary"), "said-of-several-trials-together": gettext("Said of several trials together"), "who-can-take-part": gettext("Who can take part"),
  "arms-and-interventions": gettext("Arms and interventions"), "what-is-measured": gettext("What is measured"), "sponsors-and-people": gettext("Sponsors and people"),
  "sites-and-contacts": gettext("Sites and contacts"), "not-understood-by-the-reader": gettext("Not understood by the reader"),
};
/** Return a status as the pages show it, by its code and the date on which it was said. */
function statusChip(code, said, labels) {
  return element("b", { class: status(code).look, "data-said": said ?? "" }, code ? labels.status?.[code] ?? code : status(null).label);
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
  const text = (escaped) => escaped.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replace(/§\s?/g, "").replaceAll(EVERY_TRIAL, "");
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
    const label = labels.role?.[role] ?? gettext("Name");
    if (fitting(name)) found.push(withElements(gettext("{role}: {name}"), { role: label, name: marked(name, terms) }));
    else {
      const spelling = others.find(fitting);
      if (spelling) found.push(withElements(gettext("“{spelling}” is another spelling of {name} ({role})"), { spelling: marked(spelling, terms), name, role: inSentence(label) }));
    }
  }
  return found.slice(0, 2);
}

const STATES = {
  1: gettext("this site says that it recruits"), 2: gettext("the trial recruits; whether this site does is not stated"), 3: gettext("not recruiting here"),
};
const FORMER_STATES = {
  1: gettext("this site said that it recruits"), 2: gettext("the trial was said to recruit; whether this site does is not stated"), 3: gettext("not recruiting here"),
};

/** Return where the nearest site of a trial is, and whether it takes people; *isOld* where that was said long ago. */
function nearby({ rank, name, km }, isOld) {
  const values = { town: name, distance: km < 1 ? gettext("in town") : gettext("{n} km", { n: number(Math.round(km)) }), state: (isOld ? FORMER_STATES : STATES)[rank] };
  return element("p", { class: `hit__near hit__near--${isOld ? "old" : rank}` }, gettext("{town}, {distance}: {state}", values));
}

/** Return one hit as a list item. */
export async function hitItem(data, { terms, numberBy, near, around }) {
  const labels = (await catalog()).labels;
  const meta = data.meta;
  const url = new URL(data.raw_url.replace(/^\//, ""), root).href;
  const facts = [
    meta.number || gettext("no registry number in these documents"), meta.acronym,
    (meta.phase ?? "").split(" ").filter((code) => code && code !== "NA").map((code) => labels.phase?.[code] ?? code).join(" / ") || labels.type?.[meta.type],
    meta.condition, meta.sponsor, meta.country, meta.people && ngettext("{n} participant", "{n} participants", Number(meta.people)),
    meta.start && gettext("start {date}", { date: date(meta.start) }), meta.updated && gettext("as of {date}", { date: date(meta.updated) }),
  ].filter(Boolean);
  const why = numberBy ? [withElements(gettext("Its number: {number}"), { number: element("mark", {}, numberBy) })] : reasons(data, terms, labels);
  const sections = numberBy || !terms.length ? [] : (data.sub_results ?? [])
    .map((part) => part.url.split("#")[1]).filter((anchor) => Object.hasOwn(SECTIONS, anchor));
  const item = element("li", { class: "hit" },
    element("p", { class: "hit__title" }, element("a", { href: around && near ? `${url}#${around}` : url }, marked(meta.title ?? "", terms)), " ", statusChip(meta.status, meta.updated, labels)),
    element("p", { class: "hit__facts" }, facts.join(" · "), " ", tickBox(url, meta.title ?? "", meta.number)));
  writeAges(item);
  if (near) item.append(nearby(near, item.querySelector("b.stale") !== null));
  for (const reason of why) item.append(element("p", { class: "hit__why" }, reason));
  if (!numberBy && terms.length && data.excerpt.includes("<mark>")) item.append(element("p", { class: "hit__excerpt" }, "… ", excerpt(data.excerpt), " …"));
  if (sections.length)
    item.append(element("p", { class: "hit__sections" }, withElements(gettext("Found in: {sections}"), { sections: [...new Set(sections)].slice(0, 4).flatMap((anchor, index) => [
      index ? " · " : "", element("a", { href: `${url}#${anchor}` }, SECTIONS[anchor])]) })));
  return item;
}
