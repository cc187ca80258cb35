/* Long lists of trials, names, sites and things to do, one page of entries at a time.  The page stands in the address.  Styles
   keep the rest from being seen from the first look on; printed, and without this script, all entries stand there. */

import { gettext, number } from "../language.js";
import { element } from "../search/site.js";

const ON_A_PAGE = 25; // the same as in catalog.css
const LISTS = ":is(.rows, .index, .sites, .todo-filter ~ .entries) > ul";

/** What shows the pages of a list, by the list. */
const pagers = new Map();

/** Say whether the page has a list that is longer than one page of it. */
export const hasLongLists = () => document.querySelector(`${LISTS} > li:nth-child(${ON_A_PAGE + 1})`) !== null;

/** Give each long list its pages, and show the ones that the address asks for. */
export function pageLists() {
  pagers.clear();
  for (const list of document.querySelectorAll(LISTS)) {
    if (list.children.length > ON_A_PAGE) pagers.set(list, pager(list, pagers.size ? `page-${pagers.size + 1}` : "page"));
  }
  showAsked();
  openTarget();
  addEventListener("popstate", showAsked);
  addEventListener("hashchange", openTarget);
}

/** Show a page of every list anew after its entries were filtered or sorted: the first one, or the one that is asked for. */
export function repage({ first = true } = {}) {
  for (const show of pagers.values()) show(first ? 1 : null);
}

function showAsked() {
  for (const show of pagers.values()) show(null);
}

/** Show the page of the list in which that stands to which the address leads. */
function openTarget() {
  let place = null;
  try {
    place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  } catch { /* not an address of ours */ }
  const list = place && [...pagers.keys()].find((one) => one.contains(place));
  if (!list) return;
  const entries = entriesOf(list), at = entries.findIndex((entry) => entry.contains(place));
  if (at >= 0) pagers.get(list)(Math.floor(at / ON_A_PAGE) + 1);
  place.scrollIntoView();
}

/** Return the entries that a choice above the list leaves. */
const entriesOf = (list) => [...list.children].filter((entry) => !entry.hidden);

/** Return what shows a page of `list`, the one in the address for `null`; `key` names the list there. */
function pager(list, key) {
  const back = element("a", { rel: "prev" }, gettext("Previous")), on = element("a", { rel: "next" }, gettext("Next"));
  const told = element("output", {}), nav = element("div", { class: "list-pages", role: "group", "aria-label": gettext("Pages of this list") }, back, told, on);
  let page = 1;
  const show = (wanted) => {
    if (!list.isConnected) return;
    const entries = entriesOf(list), last = Math.max(1, Math.ceil(entries.length / ON_A_PAGE));
    const asked = wanted ?? Number(new URLSearchParams(location.search).get(key) ?? 1);
    page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), last) : 1;
    const from = (page - 1) * ON_A_PAGE, to = Math.min(from + ON_A_PAGE, entries.length);
    for (const [at, entry] of entries.entries()) entry.classList.toggle("on-another-page", at < from || at >= to);
    list.classList.add("paged");
    nav.hidden = last === 1;
    const range = gettext("{first}–{last} of {all}", { first: number(from + 1), last: number(to), all: number(entries.length) });
    if (told.textContent !== range) told.textContent = range; // said aloud where it changes
    for (const [link, there] of [[back, page - 1], [on, page + 1]]) {
      link.hidden = there < 1 || there > last;
      link.href = address(there);
    }
    if (wanted !== null && address(page, location.hash) !== location.href) history.replaceState(history.state, "", address(page, location.hash));
  };
  const address = (there, hash = "") => {
    const url = new URL(location.href);
    if (there > 1) url.searchParams.set(key, there);
    else url.searchParams.delete(key);
    url.hash = hash;
    return url.href;
  };
  nav.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, "", link.href);
    show(null);
    // Who reads on, by eye or by keyboard, begins with the first entry of the page.
    list.querySelector(":scope > li:not([hidden], .on-another-page) a")?.focus({ preventScroll: true });
    list.scrollIntoView({ block: "start" });
  });
  list.after(nav);
  return show;
}
