/* The names of the catalog by their words: jumps, registry numbers, typing errors. */

import { gettext } from "../language.js";
import { catalog, load } from "./site.js";
import { errors, fold, numberForms, words } from "./words.js";

const MOST_FILES = 6;
const RANK = { trial: 6, drug: 5, condition: 4, organization: 3, person: 2, place: 1, page: 0 };

/** What the kinds of names are called. */
export const KINDS = {
  trial: gettext("Trial"), drug: gettext("Drug or intervention"), condition: gettext("Condition"), organization: gettext("Organization"),
  person: gettext("Person"), place: gettext("Place"), page: gettext("Page"),
};

const fileName = (beginning) =>
  `pagefind/names/n-${[...beginning].map((c) => (/^[a-z0-9]$/i.test(c) ? c : `_${c.codePointAt(0).toString(16)}`)).join("")}.json.gz`;

/** Load the files that can hold words with this beginning. */
async function files(beginning) {
  const all = (await catalog()).names;
  const inside = all.filter((key) => key.startsWith(beginning)).slice(0, MOST_FILES);
  const outside = all.filter((key) => beginning.startsWith(key) && key.length < beginning.length);
  const longest = outside.reduce((best, key) => (key.length > best.length ? key : best), "");
  const wanted = outside.length && !all.includes(beginning) ? [longest, ...inside] : inside;
  return (await Promise.all([...new Set(wanted)].map((key) => load(fileName(key))))).filter(Boolean);
}

/** Return the words of the catalog that begin so, each with its names. */
async function beginningWith(word) {
  const found = new Map();
  for (const file of await files(word))
    for (const [known, names] of Object.entries(file.words))
      if (known.startsWith(word)) found.set(known, names.map((number) => file.names[number]));
  return found;
}

/** Return the word of the catalog that is most similar to this one and is not this one, or null. */
export function similarWord(word) {
  if (!similar.has(word)) similar.set(word, nearest(word));
  return similar.get(word);
}

const similar = new Map();

async function nearest(word) {
  if (word.length < 4 || /\d/.test(word)) return null;
  const limit = word.length < 8 ? 1 : 2;
  const beginnings = new Set([word.slice(0, 3), word.slice(0, 2), word[1] + word[0], word[1] + word[2], word[0] + word[2], word[0]]);
  let best = null;
  for (const beginning of beginnings) {
    for (const file of await files(beginning))
      for (const [known, names] of Object.entries(file.words)) {
        if (Math.abs(known.length - word.length) > limit) continue;
        const distance = errors(word, known, limit);
        if (distance === Infinity || distance === 0 || /\d/.test(known)) continue;
        const weight = distance * 100 - Math.min(names.reduce((sum, number) => sum + (file.names[number][3] ?? 0), 0), 90);
        if (!best || weight < best.weight || (weight === best.weight && known < best.word)) best = { word: known, weight, distance };
      }
    if (best && best.distance === 1) break;
  }
  return best?.word;
}

const asName = ([kind, title, url, trials = 0, others = [], hint = ""]) => ({ kind, title, url, trials, others, hint });

/** Say how well a name fits the words, and by which of its spellings. */
function judge(name, wanted, text) {
  const spellings = [name.title, ...name.others];
  let best = { score: 0, by: null };
  for (const [index, spelling] of spellings.entries()) {
    const folded = fold(spelling), inside = words(spelling);
    let score = 0;
    if (folded === text || inside.join("") === wanted.join("")) score = 100;
    else if (wanted.every((word) => inside.includes(word))) score = 60 + 20 * (wanted.length / inside.length);
    else if (wanted.every((word) => inside.some((known) => known.startsWith(word)))) score = 40 + 10 * (wanted.length / inside.length);
    if (score && index) score -= 1;
    if (score > best.score) best = { score, by: index ? spelling : null };
  }
  if (!best.score) {
    const inside = words([...spellings, name.hint].join(" "));
    if (wanted.every((word) => inside.some((known) => known.startsWith(word)))) best = { score: 20, by: null };
  }
  return best;
}

/**
 * Look up what the query names.
 * Returns the names, best first, and trials whose number it is; where `mend` says so, also what mistyped words may mean.
 */
export async function lookUp(query, { mend = false } = {}) {
  const result = { names: [], corrections: new Map(), numbers: [] };
  if (!(await catalog())) return result;
  for (const form of numberForms(query)) {
    const exact = (await beginningWith(form)).get(form) ?? [];
    result.numbers = exact.map(asName).filter((name) => name.kind === "trial");
    if (result.numbers.length) {
      result.numberForm = form;
      result.names = result.numbers.map((name) => ({ ...name, by: numberOf(name, form), score: 100 }));
      return result;
    }
  }
  const typed = words(query).slice(0, 8);
  if (!typed.length || !typed.some((word) => word.length > 1)) return result;
  const known = await Promise.all(typed.map((word) => (word.length > 1 ? beginningWith(word) : new Map())));
  const wanted = await Promise.all(
    typed.map(async (word, index) => {
      if (!mend || word.length < 2 || known[index].size) return word;
      const other = await similarWord(word);
      if (other) {
        result.corrections.set(word, other);
        known[index] = await beginningWith(other);
      }
      return other ?? word;
    }),
  );
  const closed = wanted.length > 1 ? await beginningWith(wanted.join("")) : new Map();
  const text = result.corrections.size ? wanted.join(" ") : fold(query).trim();
  const found = new Map();
  for (const list of [...known, closed])
    for (const names of list.values())
      for (const entry of names) if (!found.has(entry[2])) found.set(entry[2], asName(entry));
  for (const name of found.values()) {
    const { score, by } = judge(name, wanted, text);
    if (score) result.names.push({ ...name, by, score: score + Math.min(Math.log2(1 + name.trials), 9) });
  }
  result.names.sort((a, b) => b.score - a.score || RANK[b.kind] - RANK[a.kind] || a.title.localeCompare(b.title));
  result.exact = result.names.some((name) => name.score >= 99);
  return result;
}

/** Return the way in which a trial's number is written that has this form. */
function numberOf(name, form) {
  const digits = form.replace(/\D/g, "");
  return name.others.find((other) => words(other).join("") === form)
    ?? name.others.find((other) => other.replace(/\D/g, "").startsWith(digits)) ?? null;
}
