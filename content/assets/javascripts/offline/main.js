/* Starts what works without a network: tells the worker what this page is made of, lets a reader keep a hospital's
   trials and cards, and says so where a page may be old because there is no network. */

import { gettext, ngettext } from "../language.js";
import { element, root } from "../search/site.js";

const CACHE = `trial-catalog ${root.href}`;
const MOST_TRIALS = 100;
/** A built site has a policy; MkDocs' preview has none, and nothing is kept of it. */
const isBuilt = document.querySelector('meta[http-equiv="Content-Security-Policy"]') !== null;

/** Start the worker, and give this page what belongs to it. */
export async function startOffline(main) {
  if (!("serviceWorker" in navigator) || !window.isSecureContext) return;
  if (!isBuilt) {
    for (const one of await navigator.serviceWorker.getRegistrations()) if (one.scope === root.href) one.unregister();
    return;
  }
  tellOffline(main);
  const list = main.querySelector("[data-offline]");
  if (list) listKept(list);
  try {
    await navigator.serviceWorker.register(new URL("service-worker.js", root), { scope: root.pathname });
  } catch {
    return; // a host or a browser that allows none
  }
  const { active } = await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) active.postMessage({ keep: madeOf() });
  if (location.pathname.startsWith(`${root.pathname}organizations/`)) offerToKeep(main);
}

/** Return the addresses of this page and of what it has loaded. */
const madeOf = () => [location.href.split(/[?#]/)[0], ...performance.getEntriesByType("resource").map(({ name }) => name)];

function tellOffline(main) {
  const note = element("p", { class: "offline-note", role: "status" });
  main.prepend(note);
  const tell = () => {
    note.textContent = navigator.onLine ? "" : gettext("You are offline. This page is as it was when it was last opened in this browser; it may have changed since.");
    note.hidden = navigator.onLine;
  };
  addEventListener("online", tell);
  addEventListener("offline", tell);
  tell();
}

/** Put a button on the page of a hospital that keeps its trials, with their cards. */
function offerToKeep(main) {
  const trials = [...new Set([...main.querySelectorAll(".rows > ul > li > a[href]")].map((link) => link.href.split(/[?#]/)[0]))].filter((address) => address.startsWith(`${root.href}trials/`)).slice(0, MOST_TRIALS);
  const place = main.querySelector(".entity-head");
  if (!trials.length || !place || place.querySelector(".keep-offline")) return;
  const said = element("span", { role: "status" });
  const keep = element("button", { type: "button" }, trials.length === 1 ? gettext("Keep this trial and its card for use offline")
    : ngettext("Keep this {n} trial and its card for use offline", "Keep these {n} trials and their cards for use offline", trials.length));
  keep.addEventListener("click", async () => {
    keep.disabled = true;
    said.textContent = gettext("Keeping …");
    const missing = await keepTrials(trials);
    keep.disabled = false;
    said.textContent = missing ? ngettext("{n} part could not be fetched. Try again with a better network.", "{n} parts could not be fetched. Try again with a better network.", missing)
      : gettext("Kept in this browser. They open without a network.");
  });
  place.append(element("p", { class: "keep-offline" }, keep, " ", said));
}

/** Let the worker keep the pages of trials, their records, and what a card needs; return how many parts are missing. */
async function keepTrials(trials) {
  const { findStudy, idOf } = await import("../study/record.js");
  const pages = [location.href.split(/[?#]/)[0], new URL("card/", root).href, ...trials];
  let missing = 0;
  for (const address of trials) {
    const asked = address.replace(/\/$/, "").split("/").at(-1);
    const { record } = await findStudy(asked);
    if (record) pages.push(new URL(`api/v2/studies/${encodeURIComponent(idOf(record))}.json`, root).href);
    else missing += 1;
  }
  await import("../card/page.js");
  const worker = (await navigator.serviceWorker.ready).active;
  const channel = new MessageChannel();
  const answer = new Promise((resolve) => {
    channel.port1.onmessage = ({ data }) => resolve(data.missing);
  });
  worker.postMessage({ keep: [...pages, ...madeOf()] }, [channel.port2]);
  return missing + (await answer);
}

/** List the trials and names that this browser has kept, on the page that is shown offline. */
async function listKept(place) {
  const asked = new URLSearchParams(location.search).get("asked"), address = asked ? new URL(asked, root).href : "";
  if (address.startsWith(root.href)) document.querySelector("article h1").after(element("p", {}, element("a", { href: address }, gettext("Try the page again")), `: ${asked}`));
  const cache = await caches.open(CACHE);
  const pages = (await cache.keys()).map(({ url }) => url).filter((url) => /\/(?:trials|organizations|drugs|conditions|people|places)\/[^/]+\/$/.test(url) && url.startsWith(root.href));
  const named = await Promise.all(pages.slice(-200).map(async (url) => {
    const html = await (await cache.match(url)).text();
    const title = new DOMParser().parseFromString(html, "text/html").querySelector("h1")?.textContent.trim();
    return { url, title: title || url };
  }));
  named.sort((a, b) => a.title.localeCompare(b.title));
  place.replaceChildren(named.length
    ? element("ul", {}, named.map(({ url, title }) => element("li", {}, element("a", { href: url }, title))))
    : element("p", {}, gettext("Nothing was opened yet in this browser.")));
}
