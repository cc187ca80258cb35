/* Our own words in the site's language, and how it writes numbers and dates.  The build writes the messages into
   `language.js` at the site's root; where it has none, a message is shown as it stands in the scripts, in English.

   Messages are plain strings, so that `python -m scripts.update_messages` finds them; what is put in stands in braces. */

import { code, form, messages } from "../../language.js";

// Like the pages: with the digits and the calendar of English, in whatever language the month is called.
const locales = [`${code === "en" ? "en-GB" : code}-u-ca-gregory-nu-latn`, "en-GB"];
const numbers = new Intl.NumberFormat(locales);
const days = new Intl.DateTimeFormat(locales, { dateStyle: "long", timeZone: "UTC" });
const months = new Intl.DateTimeFormat(locales, { year: "numeric", month: "long", timeZone: "UTC" });
const relative = new Intl.RelativeTimeFormat(locales, { numeric: "always" });

const formsOf = (message) => (Object.hasOwn(messages, message) ? [messages[message]].flat() : []);
const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => (Object.hasOwn(values, name) ? values[name] : whole));

/** Return a message in the site's language, with values in the places of their names. */
export const gettext = (message, values = {}) => filled(formsOf(message)[0] || message, values);

/** Return the form of a message that goes with a number, which stands in it as `{n}`. */
export const ngettext = (one, many, n, values = {}) => filled(formsOf(one)[form(n)] || (n === 1 ? one : many), { n: number(n), ...values });

/** Return a message as a list of text and nodes: in the place of each name stands its value, a node or a list of nodes. */
export const withElements = (message, values) => message.split(/\{(\w+)\}/).flatMap((piece, index) => (index % 2 ? values[piece] : piece));

/** Return a label as it stands inside a sentence: begun with a small letter, but in German, where nouns are not. */
export const inSentence = (text) => (/^de\b/.test(code) ? text : text.slice(0, 1).toLowerCase() + text.slice(1));

/** Return a number with its digits grouped. */
export const number = (value) => numbers.format(value);

const DATE = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?$/;

/** Return an ISO date with the precision that it has, such as "July 2019"; other text unchanged. */
export function date(value) {
  const parts = DATE.exec(value);
  if (!parts) return value;
  const moment = new Date(Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3] ?? 1)));
  if (moment.getUTCMonth() + 1 !== Number(parts[2])) return value; // no day of the calendar: as the document has it
  return (parts[3] ? days : months).format(moment);
}

/** Return an age as API v2 writes it, such as "18 Years", in words; other text unchanged. */
export function age(value) {
  const [, count, unit] = /^(\d{1,9}) (Year|Month|Week|Day|Hour|Minute)s?$/.exec(value ?? "") ?? [], n = Number(count);
  switch (unit) {
    case "Year": return ngettext("{n} year", "{n} years", n);
    case "Month": return ngettext("{n} month", "{n} months", n);
    case "Week": return ngettext("{n} week", "{n} weeks", n);
    case "Day": return ngettext("{n} day", "{n} days", n);
    case "Hour": return ngettext("{n} hour", "{n} hours", n);
    case "Minute": return ngettext("{n} minute", "{n} minutes", n);
    default: return value;
  }
}

/** Return how many whole months a stated date is ago; one of less precision counts from its last day, text is null. */
export function monthsSince(value, now = new Date()) {
  const parts = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(value ?? "");
  if (!parts) return null;
  const [, year, month = "12", day] = parts;
  const all = (now.getFullYear() - Number(year)) * 12 + now.getMonth() + 1 - Number(month);
  return all - (day && now.getDate() < Number(day) ? 1 : 0);
}

/** Return how long a date is ago by the reader's clock, such as "7 years ago"; nothing below a month, or of a mere year. */
export function ago(value, now = new Date()) {
  const since = /^\d{4}-\d{2}/.test(value ?? "") ? monthsSince(value, now) : 0;
  if (since < 1) return "";
  return since < 12 ? relative.format(-since, "month") : relative.format(-Math.floor(since / 12), "year");
}
