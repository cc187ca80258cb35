/* Searching the trials: a state (words, facets, place, order) to hits with counts.  Pagefind does the work. */

import { gettext } from "../language.js";
import { catalog, load, root } from "./site.js";
import { lookUp, similarWord } from "./names.js";
import { closeNumbers, fits, townKey, words } from "./words.js";

/** Facets whose values are ids of entities with their names, "id|Name". */
export const ENTITIES = ["condition", "drug", "sponsor", "country", "city"];
/** Facets whose values are codes. */
export const SMALL = ["status", "phase", "type", "class", "sex", "age", "start", "results", "flag"];
const NO_VALUE = "\u0001";
/** A word of every trial (`generator/search/texts.py`): asked for no word at all, Pagefind loads its whole index. */
export const EVERY_TRIAL = "ꙮ";
const RECRUITS = 1, TRIAL_RECRUITS = 2, CLOSED = 3;

let starting = null;

/** Load Pagefind and the index: one, or the shards of a large catalog joined. */
export function start() {
  starting ??= (async () => {
    const about = await catalog();
    if (!about) return null;
    if (!about.shards) return { index: { search: async () => ({ results: [], filters: {}, totalFilters: {} }) }, shards: null };
    const { createInstance } = await import(new URL("pagefind/0/pagefind.js", root).href);
    const ranking = { metaWeights: { title: 6, number: 8, acronym: 8, names: 2, status: 0, phase: 0, type: 0, updated: 0, start: 0, people: 0 } };
    const numbers = Array.from({ length: about.shards }, (_, number) => String(number));
    const options = (shard) => ({ baseUrl: "/", excerptLength: 32, ranking, ...(about.shards > 1 && { mergeFilter: { shard } }) });
    const folder = (shard) => new URL(`pagefind/${shard}/`, root).pathname;
    const index = createInstance({ ...options("0"), basePath: folder("0"), noWorker: true });
    await index.init();
    await Promise.all(numbers.slice(1).map((shard) => index.mergeIndex(folder(shard), options(shard))));
    return { index, shards: await shardsOf(index, numbers) };
  })();
  return starting;
}

/**
 * Return the shard of each hit by its id; null where there is one shard.  An id tells a page within its shard: one that
 * several shards have leads to null.
 */
async function shardsOf(index, numbers) {
  if (numbers.length < 2) return null;
  const found = new Map();
  for (const shard of numbers)
    for (const { id } of (await index.search(EVERY_TRIAL, { filters: { shard } })).results) found.set(id, found.has(id) ? null : shard);
  return found;
}

/** Ask Pagefind.  Each hit gets a `key`, which is its own among those of all shards, and its `shard`. */
async function askIndex(term, options) {
  const { index, shards } = await start();
  const answer = await index.search(term, options);
  await Promise.all(answer.results.map(async (result) => {
    result.shard = shards ? shards.get(result.id) ?? "" : "0";
    result.key = shards && !result.shard ? (await result.data()).raw_url : result.id;
  }));
  return answer;
}

/** Return the phrases in quotation marks and the rest of a query. */
export function takeApart(query) {
  const phrases = [];
  const rest = query.replace(/["“”„«»]([^"“”„«»]+)["“”„«»]/g, (_, phrase) => {
    phrases.push(phrase.trim());
    return " ";
  });
  return { phrases: phrases.filter(Boolean), rest: rest.replace(/["“”„«»]/g, " ").replace(/\s+/g, " ").trim() };
}

/**
 * Ask the index.  Where no page of a shard has a word, Pagefind answers with pages that have a shorter one: such an
 * answer is recognised by its best hits and left out, so that the number of hits is true.  What the hits from one place
 * to another show is loaded meanwhile.
 */
async function ask(text, filters, shown = [0, 0], sort = {}) {
  const term = text === "" ? EVERY_TRIAL : text;
  const answer = await askIndex(term, { filters, sort });
  for (const result of answer.results.slice(...shown)) result.data().catch(() => null);
  const all = { results: answer.results, counts: answer.filters };
  if (!answer.results.length || term === EVERY_TRIAL || term.startsWith('"')) return all;
  const best = new Map();
  for (const result of answer.results) {
    const shard = result.shard || result.key;
    best.set(shard, [...(best.get(shard) ?? []), result].slice(0, BEST));
  }
  const meant = await Promise.all([...best].map(async ([shard, some]) => {
    for (const result of some) if (await isMeant(result, term)) return shard;
    return null;
  }));
  if (!meant.includes(null)) return all;
  const { shards: known } = await start();
  const shards = known ? meant.filter((shard) => shard !== null) : [];
  return shards.length ? ask(text, { ...filters, shard: { any: shards } }, shown, sort) : { results: [], counts: emptied(answer.filters) };
}

/** Hits of a shard, the best first, that are looked at: one that the words fit shows that they are there. */
const BEST = 3;

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
    const answer = await askIndex(EVERY_TRIAL, { filters: { [facet]: { not: NO_VALUE } } });
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
async function askAll(text, phrases, filters, shown, sort) {
  if (!phrases.length) return ask(text, filters, shown, sort);
  const answers = [];
  for (const phrase of phrases) answers.push(await ask(`"${phrase.replaceAll('"', " ")}"`, filters, undefined, sort));
  if (text) answers.unshift(await ask(text, filters, undefined, sort));
  if (answers.length === 1) return answers[0];
  const common = answers.slice(1).map((answer) => new Set(answer.results.map((result) => result.key)));
  return { results: answers[0].results.filter((result) => common.every((keys) => keys.has(result.key))), counts: null };
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
  // Without words all hits fit alike: then the newest documents come first.
  const order = ORDERS[state.sort] ?? (text || phrases.length ? null : ORDERS.newest);
  let results = answer.results;
  if (place?.town && !state.sort) results = await byDistance(results, place);
  else if (order) results = await sorted(results, order, await askAll(text, phrases, filters, undefined, { [order[0]]: order[1] }), shown?.[1] ?? results.length);
  if (place?.town) await addUnknown(place, text, phrases, chosen);
  return { results, counts: answer.counts, names: found.names, numbers: found.numbers, named: found, corrected, terms: termsOf(text, phrases), place, order };
}

/** Words of a query that are left out one by one where it finds nothing. */
const MOST_WORDS = 6;

/**
 * Return ways out of a search that finds nothing: `withoutFilters`, the hits without place and filters; `farther`, the
 * first of the radii with hits, and their number; and for each word the hits of the query without it.  Ways that find
 * nothing either are left out.
 */
export async function waysOut(state, radii) {
  const { phrases, rest, text } = await understand(state);
  const number = async (words, filters) => (await askAll(words, phrases, filters)).results.length;
  const chosen = await chosenFilters(state);
  const isNarrowed = state.near || Object.keys(chosen).length > 0;
  const withoutFilters = isNarrowed ? await number(text, {}) : 0;
  let farther = null;
  for (const km of withoutFilters && state.near ? radii.filter((one) => one > state.km) : []) {
    const place = await surroundings({ ...state, km });
    const hits = place?.town ? await number(text, { ...chosen, site: { any: place.values } }) : 0;
    if (hits) {
      farther = { km, hits };
      break;
    }
  }
  const pieces = rest.split(" ").filter(Boolean);
  const withoutWords = [];
  for (const [index, word] of pieces.slice(0, MOST_WORDS).entries()) {
    if (pieces.length < 2) break;
    const query = pieces.toSpliced(index, 1).join(" ");
    const hits = await number(closeNumbers(query), chosen);
    if (hits) withoutWords.push({ word, query: [...phrases.map((phrase) => `"${phrase}"`), query].join(" "), hits });
  }
  return { withoutFilters, farther, withoutWords: withoutWords.sort((a, b) => b.hits - a.hits) };
}

/** A search with so few hits may have a typing error that is a word by chance: "brest" is a town. */
const FEW_HITS = 5;
const FAR_MORE = 4;

/** Return a query with one word replaced by a similar one that finds far more trials, and their number; else null. */
export async function similarQuery(state, hits) {
  const { phrases, rest } = takeApart(state.q.trim());
  if (!rest || phrases.length || hits > FEW_HITS || /\d/.test(rest)) return null;
  const pieces = words(rest);
  const chosen = await chosenFilters(state);
  let best = null;
  for (const [index, word] of pieces.slice(0, MOST_WORDS).entries()) {
    const other = await similarWord(word);
    if (!other) continue;
    const query = pieces.with(index, other).join(" ");
    const found = (await askAll(query, [], chosen)).results.length;
    if (found >= FAR_MORE * Math.max(hits, 1) && found > (best?.hits ?? 0)) best = { query, hits: found };
  }
  return best;
}

const termsOf = (text, phrases) => words([text, ...phrases].join(" "));

const ORDERS = { newest: ["updated", "desc"], start: ["start", "desc"], "start-old": ["start", "asc"], large: ["people", "desc"], small: ["people", "asc"] };

/**
 * Return results in order, those without a value last.  `answer` holds them as Pagefind orders them, which is true
 * within each shard; the first `most` of all are found by what the first hits of the shards show.
 */
async function sorted(results, [column, direction], answer, most) {
  const queues = new Map(), found = [];
  const wanted = new Set(results.map(({ key }) => key));
  for (const result of answer.results) {
    if (!wanted.delete(result.key)) continue;
    const queue = result.shard || result.key;
    queues.set(queue, [...(queues.get(queue) ?? []), result]);
  }
  const rest = results.filter(({ key }) => wanted.has(key));
  const heads = await Promise.all([...queues.values()].map(async (queue) => ({ queue, at: 0, value: await columnOf(queue[0], column) })));
  while (found.length < most && heads.length) {
    const best = heads.reduce((one, other) => (comesBefore(other.value, one.value, direction) ? other : one));
    (isKnown(best.value) ? found : rest).push(best.queue[best.at++]);
    if (best.at < best.queue.length) best.value = await columnOf(best.queue[best.at], column);
    else heads.splice(heads.indexOf(best), 1);
  }
  return found.concat(heads.flatMap(({ queue, at }) => queue.slice(at)), rest.sort((a, b) => (a.key < b.key ? -1 : 1)));
}

const columnOf = async (result, column) => (({ meta }) => (column === "people" ? Number(meta.people) : meta[column]))(await result.data());
const isKnown = (value) => value !== undefined && !Number.isNaN(value);
const comesBefore = (a, b, direction) => !isKnown(a) || (isKnown(b) && (direction === "asc" ? a < b : a > b)); // unknown: out of the way

/* Near a town */

/** What stands in the field and the address for the reader's own position: the position itself never does. */
export const MY_POSITION = gettext("my position");
const POSITION = "position"; // under this name the browser keeps it until the tab is closed

/** Ask the browser where it is, and keep that for this tab; tell whether it is known now. */
export async function askPosition() {
  try {
    const { coords } = await new Promise((found, failed) => navigator.geolocation.getCurrentPosition(found, failed, { timeout: 15_000, maximumAge: 600_000 }));
    sessionStorage.setItem(POSITION, JSON.stringify([coords.latitude, coords.longitude].map((degrees) => Number(degrees.toFixed(2)))));
    return true;
  } catch {
    return false;
  }
}

/** Return the reader's position as a town, of the country of the nearest one; nothing where it was not asked for. */
async function minePosition() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(POSITION));
  } catch { /* a browser that keeps nothing */ }
  if (!Array.isArray(kept) || !kept.every(Number.isFinite)) return [];
  const mine = { id: "", name: MY_POSITION, region: "", country: "", latitude: kept[0], longitude: kept[1], geonames: "", keys: [], isMine: true };
  const nearest = (await towns()).filter(({ latitude }) => latitude !== null).sort((a, b) => distance(mine, a) - distance(mine, b))[0];
  return [{ ...mine, country: nearest?.country ?? "" }];
}

const asTown = ([id, name, region, country, latitude, longitude, geonames, keys = []]) =>
  ({ id, name, region, country, latitude, longitude, geonames, keys });

/** Return the towns with sites of the catalog; where coordinates are not known they are null. */
export const towns = () => load("pagefind/towns.json").then((list) => (list ?? []).map(asTown));

/** Return a town as it is named to tell it from others. */
export const townName = ({ name, region, country, isMine }) => isMine ? MY_POSITION : [name, region !== name ? region : "", country].filter(Boolean).join(", ");

/** Return the towns with sites whose names begin so, to be offered while somebody types. */
export async function townsLike(text) {
  const wanted = townKey(text);
  if (!wanted) return [];
  return (await towns()).filter((town) => town.latitude !== null && town.keys.some((key) => key.startsWith(wanted)))
    .sort((a, b) => b.keys.includes(wanted) - a.keys.includes(wanted) || a.name.localeCompare(b.name));
}

const GAZETTEER_FILES = 64;

/** Return the gazetteer's towns with this name; the file is the one that the generator put the name into. */
async function gazetteerTowns(key) {
  let number = 0;
  for (const character of key) number = (number * 31 + character.codePointAt(0)) % GAZETTEER_FILES;
  return ((await load(`pagefind/towns/n-${number}.json.gz`))?.[key] ?? []).map(asTown);
}

/**
 * Return all towns whose name, or another name of theirs, is exactly this; behind commas may stand region and country.
 * Nothing is guessed: a part of a name finds no town.
 */
export async function townsNamed(text) {
  if (text.trim() === MY_POSITION) return minePosition();
  const [name, ...where] = text.split(",").map(townKey);
  if (!name) return [];
  const inPlace = (town) => where.every((part) => !part || [town.region, town.country].some((known) => townKey(known) === part));
  const ours = (await towns()).filter((town) => town.keys.includes(name) && inPlace(town));
  const known = new Set(ours.map((town) => town.geonames).filter(Boolean));
  const others = (await gazetteerTowns(name)).filter((town) => !known.has(town.geonames) && inPlace(town));
  // A town of a document that the gazetteer does not know is the same as the gazetteer's within a few kilometres.
  const isNew = (town) => !ours.some((other) => other.latitude !== null && !other.geonames && distance(other, town) < SAME_TOWN);
  return [...ours, ...others.filter(isNew)];
}

/** Kilometres between the centres that two sources give for one town, at most. */
const SAME_TOWN = 15;

/** Return the kilometres between two places. */
export const distanceTo = (a, b) => distance(a, b);

const distance = (a, b) => kilometres(a.latitude, a.longitude, b.latitude, b.longitude);

/** Return kilometres between two points on the globe. */
export function kilometres(lat1, lon1, lat2, lon2) {
  const rad = Math.PI / 180;
  const h = Math.sin(((lat2 - lat1) * rad) / 2) ** 2
    + Math.cos(lat1 * rad) * Math.cos(lat2 * rad) * Math.sin(((lon2 - lon1) * rad) / 2) ** 2;
  return 12742 * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Return what lies around the town that a state names; several towns with the name are `choices`, and none is taken. */
async function surroundings(state) {
  if (!state.near) return null;
  const named = await townsNamed(state.near);
  const town = named.length === 1 && named[0].latitude !== null ? named[0] : null;
  if (!town) return { choices: named, values: [NO_VALUE], radius: state.km };
  const all = await towns();
  const around = all.filter((other) => other.latitude !== null)
    .map((other) => ({ id: other.id, name: other.name, km: distance(town, other) }))
    .filter((other) => other.km <= state.km)
    .sort((a, b) => a.km - b.km);
  const ranks = state.open ? [RECRUITS, TRIAL_RECRUITS] : [RECRUITS, TRIAL_RECRUITS, CLOSED];
  const unknown = all.filter((other) => other.latitude === null && (!other.country || other.country === town.country));
  return { town, towns: around, ranks, unknown, radius: state.km, values: around.length ? valuesIn(around, ranks) : [NO_VALUE], near: new Map() };
}

const valuesIn = (list, ranks) => list.flatMap(({ id }) => ranks.map((rank) => `${id} ${rank}`));

/** Note in which towns of the country, whose coordinates nobody knows, there are sites too, and of how many trials. */
async function addUnknown(place, text, phrases, filters) {
  const values = valuesIn(place.unknown, place.ranks);
  const answer = values.length ? await askAll(text, phrases, { ...filters, site: { any: values } }) : { results: [], counts: {} };
  const counts = answer.counts?.site ?? {};
  place.unknownTrials = answer.results.length;
  place.unknown = place.unknown.filter(({ id }) => !answer.counts || place.ranks.some((rank) => counts[`${id} ${rank}`]));
}

/** Order hits: sites that say that they recruit before those of which only the trial says so, each by distance. */
async function byDistance(results, place) {
  const left = new Map(results.map((result) => [result.key, result]));
  const found = [];
  for (const rank of place.ranks)
    for (const town of place.towns) {
      if (!left.size) return found;
      const here = new Set((await askIndex(EVERY_TRIAL, { filters: { site: `${town.id} ${rank}` } })).results.map(({ key }) => key));
      for (const result of results) {
        if (!left.has(result.key) || !here.has(result.key)) continue;
        found.push(result);
        place.near.set(result.key, { ...town, rank });
        left.delete(result.key);
      }
    }
  return found.concat([...left.values()]);
}
