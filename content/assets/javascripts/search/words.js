/* Words, numbers and typing errors: how what a reader types is compared with what the catalog holds. */

/** Return text in lower case without accents, as the generator folds it. */
export const fold = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/ß/g, "ss");

/** Return the words of a text, folded. */
export const words = (text) => fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];

const LETTERS = { ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", æ: "ae", œ: "oe", þ: "th", ħ: "h", ŧ: "t", ŋ: "n" };
const SHORT_FORMS = { saint: "st", sankt: "st", sainte: "ste" };

/** Return what a town's name is compared by, as the generator does it: its folded words, "Saint" as "St". */
export const townKey = (text) =>
  words(text).join(" ").replace(/[øłđðıæœþħŧŋ]/g, (letter) => LETTERS[letter]).replace(/[^ ]+/g, (word) => SHORT_FORMS[word] ?? word);

/** Return a text without anything between its letters and digits. */
export const condensed = (text) => words(text).join("");

const NUMBERS = [
  /\bNCT[\s:#._-]*((?:\d[\s-]?){7}\d)\b/giu,
  /\b(?:EU[\s-]?CTR?|EUDRACT|CTIS)?[\s:#-]*(20\d{2}[\s-]5\d{5}[\s-]\d{2})(?:[\s-]\d{2})?\b/giu,
  /\b(?:EU[\s-]?CTR?|EUDRACT)?[\s:#-]*((?:19|20)\d{2}[\s-]\d{6}[\s-]\d{2})(?:[\s-][A-Z]{2,3})?\b/giu,
];

/** Return the query with registry numbers in it closed up, however they are written. */
export function closeNumbers(query) {
  let text = query.normalize("NFKC").replace(/[\u2010-\u2015\u2212]/g, "-");
  for (const [index, pattern] of NUMBERS.entries())
    text = text.replace(pattern, (_, digits) => ` ${index ? "" : "nct"}${digits.replace(/\D/g, "")} `);
  return text.trim().replace(/\s+/g, " ");
}

/** Return the forms in which a query that may be a number as a whole can stand in the index. */
export function numberForms(query) {
  const whole = condensed(query.normalize("NFKC"));
  if ((whole.match(/\d/g) ?? []).length < 4 || whole.length > 40) return [];
  const bare = whole.replace(/^(?:euctr|eudract|euct|ctis|eu)(?:number|no|nr)?(?=\d)/, "").replace(/^(?:number|no|nr|id)(?=\w*\d)/, "");
  const forms = [whole, bare, bare.replace(/(?<=^\d{12})[a-z]{2,3}$/, ""), bare.replace(/(?<=^20\d{2}5\d{7})\d{2}$/, "")];
  return [...new Set(forms)].filter((form) => form.length >= 4);
}

/** Return how many typing errors lie between two words (swapped neighbours are one), or Infinity above the limit. */
export function errors(a, b, limit) {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > limit) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= limit ? last[b.length] : Infinity;
}

const ENDINGS = /^(?:s|es|e|y|ed|d|ing|ings|ion|ions|ation|ations|al|als|ally|ment|ments|ly|er|ers|or|ors|ity|ities|ness|ive|ives|ic|able|ies|ance|ence|ate|ated|ates|ize|ized|ise|ised)$/;

/** Say whether a word of the text can be what the query's word means: it begins so, or has the same stem. */
export function fits(word, query) {
  if (word.startsWith(query)) return true;
  let same = 0;
  while (same < word.length && word[same] === query[same]) same++;
  return same >= 3 && ENDINGS.test(query.slice(same)) && (same === word.length || ENDINGS.test(word.slice(same)) || query.length - same <= 2);
}
