/* Works without a network for what was opened, and for what a reader has kept.  A page comes from the network where it
   can, so nobody sees an old one who could see the new one; without a network, it comes from what this browser keeps.
   Nothing leaves the browser.  The file that loads this one says the catalog's version. */

const KEPT = `trial-catalog ${self.registration.scope}`;
const MOST = 3000, LARGEST = 8_000_000, PATIENCE = 6000;
/** A document longer than this, of which a script reads a few lines, is not loaded whole to be kept. */
const LONG = 200_000;
const here = (path) => new URL(path, self.registration.scope).href;
const OFFLINE = here("offline/");

addEventListener("install", (event) => event.waitUntil(keepOfflinePage().then(() => self.skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/** Keep the page that is shown where nothing else is, with its styles and scripts. */
async function keepOfflinePage() {
  const cache = await caches.open(KEPT), answer = await fetch(OFFLINE);
  if (!answer.ok) throw new Error(`no page at ${OFFLINE}`);
  const page = await answer.clone().text();
  await cache.put(OFFLINE, answer);
  const parts = [...page.matchAll(/<(?:link|script)\b[^>]*?\b(?:href|src)=["']?([^"'\s>]+)/g)].map(([, path]) => new URL(path, OFFLINE).href);
  await Promise.all([...new Set(parts)].filter((part) => /\.(?:css|js|svg)$/.test(part) && isOurs(part)).map((part) => cache.add(part).catch(() => {})));
}

const isOurs = (address) => address.startsWith(self.registration.scope);

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !isOurs(request.url) || request.headers.has("range")) return;
  event.respondWith(answerTo(request, event));
});

async function answerTo(request, event) {
  const cache = await caches.open(KEPT), key = keyOf(request);
  const kept = await cache.match(key);
  const fetched = fetch(request).then((answer) => {
    if (!isExcerpt(request, answer)) event.waitUntil(keep(cache, key, answer.clone()));
    return answer;
  });
  try {
    // A network that does not answer is none, where there is something to show instead.
    return await (kept ? Promise.race([fetched, after(PATIENCE)]) : fetched);
  } catch {
    fetched.catch(() => {});
    if (kept) return kept;
    // That page's links hold at its own address only.
    const leads = request.mode === "navigate" && key !== OFFLINE && (await cache.match(OFFLINE));
    return leads ? Response.redirect(`${OFFLINE}?asked=${encodeURIComponent(request.url.slice(self.registration.scope.length))}`) : Response.error();
  }
}

const isExcerpt = (request, answer) => request.mode !== "navigate" && request.url.startsWith(here("documents/")) && Number(answer.headers.get("content-length")) > LONG;

const after = (time) => new Promise((_, reject) => setTimeout(reject, time));

/** Return what an answer is kept under: a page is the same whatever is asked of its script. */
function keyOf(request) {
  const address = new URL(request.url);
  address.hash = "";
  if (request.mode === "navigate") address.search = "";
  return address.href;
}

async function keep(cache, key, answer) {
  if (!answer.ok || answer.type !== "basic" || Number(answer.headers.get("content-length")) > LARGEST) return;
  try {
    // What came by a redirect may not answer a navigation: its text may.
    await cache.put(key, answer.redirected ? new Response(await answer.blob(), { headers: answer.headers }) : answer);
    const keys = await cache.keys();
    await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).filter(({ url }) => url !== OFFLINE).map((old) => cache.delete(old)));
  } catch { /* no room is left: what is kept stays */ }
}

/* A page tells what it was made of before this worker was there, and what a reader wants to keep. */
addEventListener("message", (event) => {
  const { keep: addresses = [] } = event.data ?? {};
  const port = event.ports[0];
  event.waitUntil(keepAll(addresses.filter(isOurs)).then((missing) => port?.postMessage({ missing })));
});

async function keepAll(addresses) {
  const cache = await caches.open(KEPT);
  let missing = 0;
  for (const address of new Set(addresses)) {
    try {
      const answer = await fetch(address);
      if (!answer.ok) missing += 1;
      await keep(cache, address.split("#")[0], answer);
    } catch {
      missing += 1;
    }
  }
  return missing;
}
