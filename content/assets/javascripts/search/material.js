/* Where the site was built without our index, as a plain `mkdocs build` does: the search of the theme's own plugin. */

import { load, root } from "./site.js";

let ready = null;

function start() {
  const place = document.getElementById("__config");
  const config = place ? JSON.parse(place.textContent) : {};
  if (!config.search) return Promise.resolve(null);
  return load("search/search_index.json").then((index) => {
    if (!index) return null;
    const worker = new Worker(new URL(config.search, location.href));
    return new Promise((resolve) => {
      worker.addEventListener("message", function first({ data }) {
        if (data.type !== 1) return;
        worker.removeEventListener("message", first);
        resolve(worker);
      });
      worker.postMessage({ type: 0, data: { config: index.config, docs: index.docs, options: { suggest: false } } });
    });
  });
}

/** Return pages that the theme's search finds: title, url, text as HTML-free strings. */
export async function searchWithTheme(query) {
  ready ??= start();
  const worker = await ready;
  if (!worker) return null;
  return new Promise((resolve) => {
    worker.addEventListener("message", function answer({ data }) {
      if (data.type !== 3) return;
      worker.removeEventListener("message", answer);
      resolve(data.data.items.map(([page]) => ({
        title: plain(page.title), url: new URL(page.location, root).href, text: plain(page.text).slice(0, 160),
      })));
    });
    worker.postMessage({ type: 2, data: query });
  });
}

const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();
