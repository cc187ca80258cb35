/* Where the site lies, and its data files, each loaded once. */

/** The site's root: this module's own address tells it, so the site works below any path. */
export const root = new URL("../../../", import.meta.url);

const loaded = new Map();

/** Return the content of a JSON file below the root, or null where there is none; ".gz" may be compressed with gzip. */
export function load(path) {
  if (!loaded.has(path)) loaded.set(path, loadText(path).then((text) => (text === null ? null : parse(text)), () => null));
  return loaded.get(path);
}

const DIRECTIONS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const CONTROLS = /[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Return text of a document as pages show it: without marks that turn its neighbours around, other signs that nobody sees made visible. */
export const shown = (text) => text.replace(DIRECTIONS, "").replace(CONTROLS, "\ufffd");

/** Return the value of a JSON text, its texts as pages show them. */
function parse(text) {
  const value = JSON.parse(text);
  const strange = text.search(DIRECTIONS) >= 0 || text.search(CONTROLS) >= 0 || /\\(?:u|b)/.test(text);
  return strange ? JSON.parse(text, (_, part) => (typeof part === "string" ? shown(part) : part)) : value;
}

/** Return the text of a file below the root, or null where there is none. */
export async function loadText(path) {
  const answer = await fetch(new URL(path, root));
  if (!answer.ok) return null;
  if (!path.endsWith(".gz")) return answer.text();
  const bytes = new Uint8Array(await answer.arrayBuffer());
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b; // a host may have unpacked it on the way
  return packed ? new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).text() : new TextDecoder().decode(bytes);
}

/** Return what the index says of itself; null where the site was built without it. */
export const catalog = () => load("pagefind/catalog.json");

/** Return an element with attributes and children; text becomes text, never markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return made;
}
