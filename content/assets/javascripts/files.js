/* Files that a page makes for its reader. */

import { element } from "./search/site.js";

/** Quote a value; a spreadsheet must not take it for a formula. */
const quoted = (value) => `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;

/** Return rows of values as CSV text that spreadsheets read as UTF-8. */
export const csvOf = (rows) => `\ufeff${rows.map((row) => row.map(quoted).join(",")).join("\r\n")}\r\n`;

/** Let the reader save a text as a file. */
export function save(text, type, name) {
  const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
