/* What two or more texts share: words marked inside them, list entries laid side by side. */

import { fold } from "../search/words.js";

const MOST_STEPS = 4_000_000;
const SIMILAR = 0.4;

/** Return the pieces of a text: words, and what stands between them. */
const pieces = (text) => text.match(/[\p{L}\p{N}]+|[^\p{L}\p{N}\s]+|\s+/gu) ?? [];
const isWord = (piece) => /[\p{L}\p{N}<>=≤≥±%]/u.test(piece);

/** Return, for each word of `a`, whether a longest common row of words with `b` has it. */
function shared(a, b) {
  const held = new Array(a.length).fill(false);
  if (a.length * b.length > MOST_STEPS) return held.fill(true);
  const rows = [new Uint16Array(b.length + 1)];
  for (let i = a.length - 1; i >= 0; i--) {
    const below = rows[0], row = new Uint16Array(b.length + 1);
    for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? below[j + 1] + 1 : Math.max(below[j], row[j + 1]);
    rows.unshift(row);
  }
  for (let i = 0, j = 0; i < a.length && j < b.length; )
    if (a[i] === b[j]) {
      held[i++] = true;
      j++;
    } else if (rows[i + 1][j] >= rows[i][j + 1]) i++;
    else j++;
  return held;
}

/**
 * Return each text as runs `{text, own}`; what is `own` does not stand in the same place of all the others.  Texts that
 * are null stand for nothing and are not compared.
 */
export function marked(texts) {
  const apart = texts.map((text) => text && pieces(text));
  const words = apart.map((list) => list?.filter(isWord).map(fold));
  return texts.map((text, index) => {
    if (!text) return null;
    const others = words.filter((list, other) => list && other !== index);
    if (!others.length) return [{ text, own: false }];
    const held = others.map((other) => shared(words[index], other));
    const runs = [];
    let word = 0;
    for (const piece of apart[index]) {
      const number = isWord(piece) ? word++ : null;
      const own = number === null ? null : held.some((row) => !row[number]);
      const last = runs.at(-1);
      if (last && (own === null ? !last.own : own === last.own)) last.text += piece;
      else runs.push({ text: piece, own: own ?? false });
    }
    return joined(runs);
  });
}

/** Join runs that only blanks and signs part. */
function joined(runs) {
  const made = [];
  for (const run of runs) {
    const between = made.at(-1), before = made.at(-2);
    if (run.own && before?.own && between && !between.own && !pieces(between.text).some(isWord)) {
      before.text += between.text + run.text;
      made.pop();
    } else made.push({ ...run });
  }
  return made;
}

const NO_NEWS = new Set("a an and any are as at be by for from has have in is of on or other the than that this to was were will with within patient patients subject subjects participant participants must".split(" "));
const keys = (text) => new Set((fold(text).match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !NO_NEWS.has(word)).map((word) => (word.length > 3 ? word.replace(/(?:ies|es|s)$/, "") : word)));

/**
 * Lay lists of texts side by side: rows with one text of each list or null.  Texts come into one row by their words
 * alone, rare words counting more; each list keeps its order as far as the rows allow.
 */
export function aligned(lists) {
  const all = lists.map((list) => list.map((text) => ({ text, keys: keys(text) })));
  const held = new Map();
  for (const { keys: words } of all.flat()) for (const word of words) held.set(word, (held.get(word) ?? 0) + 1);
  const total = all.flat().length;
  const weight = (word) => Math.log(1 + total / held.get(word));
  const sum = (words) => [...words].reduce((number, word) => number + weight(word), 0);
  const alike = (a, b) => {
    const whole = sum(a.keys) + sum(b.keys);
    return whole ? (2 * sum([...a.keys].filter((word) => b.keys.has(word)))) / whole : a.text === b.text ? 1 : 0;
  };
  const rows = all[0]?.map((entry) => [entry]) ?? [];
  for (const [column, list] of all.entries()) {
    if (!column) continue;
    const pairs = [];
    for (const [index, entry] of list.entries())
      for (const row of rows) {
        const score = Math.max(...row.filter(Boolean).map((other) => alike(entry, other)));
        if (score >= SIMILAR) pairs.push({ index, row, score });
      }
    pairs.sort((a, b) => b.score - a.score);
    const placed = new Map();
    for (const { index, row } of pairs)
      if (!placed.has(index) && !row[column]) {
        row[column] = list[index];
        placed.set(index, row);
      }
    let after = null;
    for (const [index, entry] of list.entries()) {
      if (!placed.has(index)) {
        const row = [];
        row[column] = entry;
        rows.splice(after ? rows.indexOf(after) + 1 : 0, 0, row);
        placed.set(index, row);
      }
      after = placed.get(index);
    }
  }
  return rows.map((row) => lists.map((_, column) => row[column]?.text ?? null));
}
