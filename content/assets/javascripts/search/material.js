/* Where the site was built without our index, as a plain `mkdocs build` does: the text that the theme's plugin collects. */

import { load, root } from "./site.js";
import { words } from "./words.js";

/** Return the pages in which all words occur, those with the words in their title first; null without an index. */
export async function searchWithTheme(query) {
  const index = await load("search/search_index.json");
  if (!index) return null;
  const wanted = words(query);
  const found = [];
  for (const page of wanted.length ? index.docs : []) {
    const title = plain(page.title), inTitle = words(title);
    const has = (known, word) => known.some((other) => other.startsWith(word));
    const missing = wanted.filter((word) => !has(inTitle, word));
    if (missing.length) {
      const inText = words(plain(page.text));
      if (!missing.every((word) => has(inText, word))) continue;
    }
    const exact = inTitle.join(" ") === wanted.join(" ");
    found.push({ rank: missing.length * 10 + (exact ? 0 : 1) + (page.location.includes("#") ? 2 : 0), title, url: new URL(page.location, root).href, text: plain(page.text).slice(0, 160) });
  }
  return found.sort((a, b) => a.rank - b.rank);
}

const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
