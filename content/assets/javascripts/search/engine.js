/* Searching the trials: a state (words, facets, place, order) to hits with counts.  Pagefind does the work. */

import { catalog, load, root } from "./site.js";
import { lookUp } from "./names.js";
import { closeNumbers, fits, fold, words } from "./words.js";

/** Facets whose values are ids of entities with their names, "id|Name". */
export const ENTITIES = ["condition", "drug", "sponsor", "country", "city"];
/** Facets whose values are codes. */
export const SMALL = ["status", "phase", "type", "class", "sex", "age", "start", "results", "flag"];
const NO_VALUE = "\u0001";
const RECRUITS = 1, TRIAL_RECRUITS = 2, CLOSED = 3;

/** Trials in a part of a large catalog's index. */
const IN_A_PART = 1250;

let starting = null;

/** Load Pagefind and the index. */
export function start() {
  starting ??= (async () => {
    const about = await catalog();
    if (!about) return null;
    const { createInstance } = await import(new URL("pagefind/pagefind.js", root));
    const options = {
      basePath: new URL("pagefind/", root).pathname, baseUrl: "/", excerptLength: 32, noWorker: true,
      ranking: { metaWeights: { title: 6, number: 8, acronym: 8, names: 2, status: 0, phase: 0, type: 0, updated: 0, start: 0, people: 0 } },
    };
    return (await import("./parts.js")).openIndex(createInstance, options, Math.max(1, Math.round(about.trials / IN_A_PART)));
  })();
  return starting;
}

/** Return the phrases in quotation marks and the rest of a query. */
export function takeApart(query) {
  const phrases = [];
  const rest = query.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, phrase) => (phrases.push(phrase.trim()), " "));
  return { phrases: phrases.filter(Boolean), rest: rest.replace(/["“”„«»]/g, " ").replace(/\s+/g, " ").trim() };
}

/**
 * Ask the index.  Where no page has a word, Pagefind answers with pages that have a shorter one: such an answer is
 * recognised by its best hit and left out, so that the number of hits is true.  What the hits from one place to another
 * show is loaded meanwhile.
 */
async function ask(text, filters, shown = [0, 0]) {
  const index = await start();
  const term = text === "" ? null : text;
  const answer = await index.search(term, { filters });
  for (const result of answer.results.slice(...shown)) result.data().catch(() => null);
  if (!answer.results.length || term === null || term.startsWith('"') || (await isMeant(answer.results[0], term)))
    return { results: answer.results, counts: answer.filters };
  return { results: [], counts: emptied(answer.filters) };
}

async function isMeant(result, term) {
  const data = await result.data();
  const content = data.content.split(/\s+/);
  const located = new Set(data.weighted_locations.flatMap(({ location }) => words(content[location] ?? "").concat(words(content[location] ?? "").join(""))));
  const inMeta = (word) => words([data.meta.title, data.meta.names, data.meta.number, data.meta.acronym, data.meta.sponsor].join(" ")).some((known) => fits(known, word));
  return term.split(/\s+/).every((piece) => {
    const wanted = [words(piece).join(""), ...words(piece)].filter(Boolean);
    return !wanted.length || wanted.some((word) => [...located].some((known) => fits(known, word)) || inMeta(word));
  });
}

const emptied = (filters) => Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, Object.fromEntries(Object.keys(values).map((value) => [value, 0]))]));

const valuesOf = new Map();

/** Return the full values of an entity facet by their ids; loads the facet's file. */
export async function entityValues(facet) {
  if (!valuesOf.has(facet)) {
    const index = await start();
    const answer = await index.search(null, { filters: { [facet]: { not: NO_VALUE } } });
    valuesOf.set(facet, new Map(Object.keys(answer.totalFilters[facet] ?? {}).map((value) => [value.split("|", 1)[0], value])));
  }
  return valuesOf.get(facet);
}

/** Return the chosen values of each facet as Pagefind wants them. */
async function chosenFilters(state) {
  const filters = {};
  for (const [facet, values] of state.facets) {
    if (!values.size) continue;
    const known = ENTITIES.includes(facet) ? await entityValues(facet) : null;
    filters[facet] = { any: [...values].map((value) => known?.get(value) ?? value) };
  }
  if (state.from || state.to) {
    const years = [];
    for (let year = state.from || 1900; year <= (state.to || 2100); year++) years.push(String(year));
    filters.start = { any: years };
  }
  return filters;
}

/** Return what to search for: the query as it is, or with its typing errors mended where it finds nothing. */
async function understand(state) {
  const typed = state.q.trim();
  const { phrases, rest } = takeApart(typed);
  const found = rest && !phrases.length ? await lookUp(rest) : { names: [], corrections: new Map(), numbers: [] };
  const text = found.numberForm ?? closeNumbers(rest);
  return { phrases, rest, text, found };
}

/** Ask for the words and all phrases. */
async function askAll(text, phrases, filters, shown) {
  if (!phrases.length) return ask(text, filters, shown);
  const answers = [];
  for (const phrase of phrases) answers.push(await ask(`"${phrase.replaceAll('"', " ")}"`, filters));
  if (text) answers.unshift(await ask(text, filters));
  if (answers.length === 1) return answers[0];
  const common = answers.slice(1).map((answer) => new Set(answer.results.map((result) => result.id)));
  return { results: answers[0].results.filter((result) => common.every((ids) => ids.has(result.id))), counts: null };
}

/**
 * Search.  Returns the hits in their order, the counts of each facet's values, the names that are meant, what was
 * corrected, and for a search by place the towns.  `open` names the facets that the reader looks at: only they are
 * loaded and counted.  `shown` are the first hit that will be shown, and the one behind the last.
 */
export async function search(state, open = [], shown = undefined) {
  const { phrases, rest, text: typed, found: first } = await understand(state);
  let found = first;
  const chosen = await chosenFilters(state);
  const place = await surroundings(state);
  const counted = Object.fromEntries(open.map((facet) => [facet, { not: NO_VALUE }]));
  const nearby = place ? { site: { any: place.values } } : {};
  const filters = { ...counted, ...chosen, ...nearby };
  let text = typed, corrected = null, answer = await askAll(text, phrases, filters, place || state.sort || !text ? undefined : shown);
  if (!answer.results.length && !found.names.length && !phrases.length && typed && !state.exactly)
    found = await lookUp(rest, { mend: true });
  if (!answer.results.length && found.corrections.size) {
    const mended = words(text).map((word) => found.corrections.get(word) ?? word).join(" ");
    const again = await askAll(mended, phrases, filters);
    if (again.results.length) [corrected, text, answer] = [mended, mended, again];
  }
  // Within a facet the choices are alternatives: its counts are those of a search without it.
  for (const facet of answer.counts ? Object.keys(chosen) : []) {
    const others = { ...filters, [facet]: { not: NO_VALUE } };
    answer.counts[facet] = (await askAll(text, phrases, others)).counts?.[facet] ?? {};
  }
  // Without words all hits fit alike: then the newest documents come first, in catalogs that are not too large for it.
  const newest = !text && !phrases.length && (await catalog()).trials <= 3000 ? 2 : undefined;
  const order = { newest: 2, start: 3, "start-old": 3, large: 4, small: 4 }[state.sort] ?? newest;
  let results = answer.results;
  if (place && !state.sort) results = await byDistance(results, place, text, phrases, { ...chosen });
  else if (order) results = await sorted(results, order, state.sort);
  return { results, counts: answer.counts, names: found.names, numbers: found.numbers, named: found, corrected, terms: termsOf(text, phrases), place };
}

const termsOf = (text, phrases) => words([text, ...phrases].join(" "));

async function sorted(results, column, order) {
  const rows = new Map((await load("pagefind/order.json")).map((row) => [row[0], row]));
  const down = order !== "start-old" && order !== "small";
  const key = (result) => rows.get(result.id)?.[column] ?? "";
  const unknown = (value) => value === "" || value === -1;
  return [...results].sort((a, b) => {
    const [x, y] = [key(a), key(b)];
    if (unknown(x) || unknown(y)) return unknown(x) - unknown(y);
    return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
  });
}

/* Near a town */

/** Return the catalog's towns whose place is known: id, name, country, latitude, longitude. */
export const towns = () => load("pagefind/towns.json").then((list) => list ?? []);

/** Return the towns that a reader may mean, the best first. */
export async function townsLike(text) {
  const wanted = fold(text).trim();
  if (!wanted) return [];
  const found = [];
  for (const town of await towns()) {
    const name = fold(town[1]), whole = fold(`${town[1]}, ${town[2]}`);
    const rank = name === wanted || whole === wanted || town[0] === wanted ? 0 : whole.startsWith(wanted) ? 1 : whole.includes(` ${wanted}`) ? 2 : 3;
    if (rank < 3) found.push([rank, town]);
  }
  return found.sort((a, b) => a[0] - b[0] || a[1][1].localeCompare(b[1][1])).map(([, town]) => town);
}

/** Return kilometres between two points on the globe. */
export function kilometres(lat1, lon1, lat2, lon2) {
  const rad = Math.PI / 180;
  const h = Math.sin(((lat2 - lat1) * rad) / 2) ** 2
    + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 12742 * Math.asin(Math.min(1, Math.sqrt(h)));
}

async function surroundings(state) {
  if (!state.near) return null;
  const [town] = await townsLike(state.near);
  if (!town) return { unknown: true, values: [NO_VALUE], towns: [], radius: state.km };
  const around = (await towns())
    .map((other) => ({ id: other[0], name: other[1], km: kilometres(town[3], town[4], other[3], other[4]) }))
    .filter((other) => other.km <= state.km)
    .sort((a, b) => a.km - b.km);
  const ranks = state.open ? [RECRUITS, TRIAL_RECRUITS] : [RECRUITS, TRIAL_RECRUITS, CLOSED];
  return { town, towns: around, ranks, radius: state.km, values: around.flatMap(({ id }) => ranks.map((rank) => `${id} ${rank}`)), near: new Map() };
}

/** Order hits: sites that say that they recruit before those of which only the trial says so, each by distance. */
async function byDistance(results, place, text, phrases, filters) {
  const left = new Map(results.map((result) => [result.id, result]));
  const found = [];
  for (const rank of place.ranks ?? [])
    for (const town of place.towns) {
      if (!left.size) return found;
      const here = await askAll(text, phrases, { ...filters, site: `${town.id} ${rank}` });
      for (const { id } of here.results) {
        if (!left.has(id)) continue;
        found.push(left.get(id));
        place.near.set(id, { ...town, rank });
        left.delete(id);
      }
    }
  return found.concat([...left.values()]);
}
