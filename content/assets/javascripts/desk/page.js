/* The manager's desk: of one sponsor, one hospital or the whole catalog, what is old, due, contradicted or missing, by
   the reader's clock.  One table to sort, in pages; the address says what is shown. */

import { MONTHS_FRESH, writeAges } from "../ages.js";
import { csvOf, save } from "../files.js";
import { date, gettext, monthsSince, ngettext, number } from "../language.js";
import { element, load, root } from "../search/site.js";
import { fold } from "../search/words.js";

const ON_A_PAGE = 25, DAY = 86_400_000;
const ONGOING = ["open", "soon", "running", "unknown"];
const COLUMNS = [
  ["trial", gettext("Trial")], ["status", gettext("Status")], ["age", gettext("Not refreshed")], ["late", gettext("Results would be due")],
  ["differ", gettext("Documents differ")], ["missing", gettext("WHO items not stated")],
];
const TITLES = Object.fromEntries(COLUMNS);
const ONLY = {
  "": gettext("Anything"), age: gettext("Not refreshed for a year"), late: gettext("Results would be overdue"), differ: TITLES.differ, missing: TITLES.missing,
};

/** Fill the place, and follow the address; without the data the plain table stays. */
export async function fillDesk(place) {
  const desk = await load("desk/trials.json");
  if (!desk) return;
  const now = new Date();
  const every = desk.trials.map((row, at) => read(row, now, at)), trials = every.filter(({ counts }) => counts);
  for (const [name, , places] of desk.sponsors) for (const at of places) every[at].sponsors.push(name);
  const names = [...desk.sponsors.map((one) => [...one, gettext("sponsor")]), ...desk.hospitals.map((one) => [...one, gettext("hospital")])];
  const parts = controls(names);
  place.replaceChildren(parts.form, parts.status, parts.table, parts.pages);
  document.querySelector(".desk-plain")?.remove();

  let state;
  const follow = () => {
    const asked = new URLSearchParams(location.search), only = Object.hasOwn(ONLY, asked.get("only") ?? "") ? asked.get("only") ?? "" : "";
    const sort = asked.get("sort") ?? "";
    state = {
      of: (asked.get("of") ?? "").slice(0, 300), only, sort: COLUMNS.some(([key]) => key === sort) ? sort : only || "age", up: asked.get("order") === "up", page: Math.max(1, Number.parseInt(asked.get("page"), 10) || 1),
    };
    parts.of.value = state.of;
    parts.only.value = state.only;
    show();
  };
  const change = (changes) => {
    state = { ...state, page: 1, ...changes };
    history.replaceState(null, "", addressOf(state) || location.pathname);
    show();
  };
  const show = () => {
    const meant = meantBy(state.of, names), chosen = meant && new Set(meant.flatMap(([, , places]) => places));
    const all = trials.filter(({ place: at }) => !chosen || chosen.has(at));
    const fits = all.filter((trial) => !state.only || trial[state.only] > 0);
    const way = state.up ? 1 : -1;
    fits.sort((a, b) => (["trial", "status"].includes(state.sort) ? -way * a[state.sort].localeCompare(b[state.sort]) : way * (a[state.sort] - b[state.sort])) || a.place - b.place);
    const last = Math.max(1, Math.ceil(fits.length / ON_A_PAGE));
    state.page = Math.min(state.page, last);
    const some = fits.slice((state.page - 1) * ON_A_PAGE, state.page * ON_A_PAGE);
    parts.table.replaceChildren(head(state, change), element("tbody", { role: "rowgroup" }, some.map((trial) => line(trial, desk.items))));
    writeAges(parts.table, now);
    parts.table.hidden = !some.length;
    parts.status.replaceChildren(...said(fits, state, meant));
    parts.pages.replaceChildren(...(last > 1 ? turning(state, last, change) : []));
    parts.csv.onclick = () => saveRows(fits, desk.items);
    parts.csv.disabled = !fits.length;
    place.dataset.ready = addressOf(state) || "?";
  };
  let waiting;
  parts.of.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ of: parts.of.value.trim() }), 150);
  });
  parts.only.addEventListener("change", () => change({ only: parts.only.value, sort: parts.only.value || "age", up: false }));
  parts.form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", follow);
  follow();
}

function addressOf({ of, only, sort, up, page }) {
  const asked = new URLSearchParams();
  for (const [key, value] of Object.entries({ of, only, sort: sort === (only || "age") ? "" : sort, order: up ? "up" : "", page: page > 1 ? page : "" })) if (value) asked.set(key, value);
  return asked.size ? `?${asked}` : "";
}

/** Return what the desk tells of a trial; `counts` where there is anything to tell. */
function read([id, title, url, status, look, asOf, end, due, differ, missing], now, place) {
  const months = ONGOING.includes(look) ? monthsSince(asOf, now) ?? 0 : 0, age = months >= MONTHS_FRESH ? months : 0;
  const late = due ? Math.max(0, Math.floor((now - Date.parse(`${due}T00:00:00Z`)) / DAY)) : 0;
  return { place, sponsors: [], id, title, url, status, look, asOf, end, due, late, differ, missing: missing.length, items: missing, age, trial: fold(title), counts: Boolean(age || due || differ || missing.length) };
}

function controls(names) {
  const of = element("input", { type: "search", id: "desk-of", list: "desk-names", autocomplete: "off", spellcheck: "false", placeholder: gettext("The whole catalog") });
  const only = element("select", { id: "desk-only" }, Object.entries(ONLY).map(([value, words]) => element("option", { value }, words)));
  const csv = element("button", { type: "button" }, gettext("These rows as CSV"));
  return {
    of, only, csv,
    form: element("form", { class: "desk__controls", "aria-label": gettext("What the table shows") },
      element("label", { for: of.id }, gettext("Sponsor or hospital")), of,
      element("datalist", { id: "desk-names" }, names.slice(0, 5000).map(([name, , , kind]) => element("option", { value: name }, kind))),
      element("label", { for: only.id }, gettext("Show")), only, csv),
    status: element("p", { class: "desk__status", role: "status" }), table: element("table", { class: "desk__table", role: "table" }),
    pages: element("nav", { class: "search-pages", "aria-label": gettext("Pages of the table") }),
  };
}

/** Return the names that are meant: those that are called so, else those in which the words stand; null for all. */
function meantBy(typed, names) {
  const wanted = fold(typed.trim());
  if (!wanted) return null;
  const exact = names.filter(([name]) => fold(name) === wanted);
  return exact.length ? exact : names.filter(([name]) => fold(name).includes(wanted));
}

function said(fits, state, meant) {
  const late = fits.filter(({ late: days }) => days > 0).length, old = fits.filter(({ age }) => age > 0).length;
  if (meant && !meant.length) return [gettext("No sponsor or hospital of this catalog is called “{name}”.", { name: state.of })];
  const told = [fits.length ? ngettext("{n} trial", "{n} trials", fits.length) : gettext("No trial has anything to tell here")];
  if (old) told.push(ngettext("{n} not refreshed for a year or more", "{n} not refreshed for a year or more", old));
  if (late) told.push(ngettext("{n} whose results would be overdue if the rule applies", "{n} whose results would be overdue if the rule applies", late));
  const found = [`${told.join(", ")}. `];
  if (meant) {
    for (const [at, [name, url, , kind]] of meant.slice(0, 3).entries()) found.push(at ? ", " : "", url ? element("a", { href: new URL(url, root).href }, name) : name, ` (${kind})`);
    if (meant.length > 3) found.push(" ", ngettext("and {n} more name", "and {n} more names", meant.length - 3));
  }
  return found;
}

function head(state, change) {
  return element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, COLUMNS.map(([key, title]) => {
    const sorted = state.sort === key;
    const button = element("button", { type: "button" }, title);
    button.addEventListener("click", () => {
      change({ sort: key, up: sorted ? !state.up : false });
      document.querySelector(`.desk__table th[data-column="${key}"] button`)?.focus();
    });
    return element("th", { scope: "col", role: "columnheader", "data-column": key, "aria-sort": sorted ? (state.up ? "ascending" : "descending") : false }, button);
  })));
}

const howLong = (months) => (months >= 24 ? ngettext("for {n} year", "for {n} years", Math.floor(months / 12)) : ngettext("for {n} month", "for {n} months", months));

function line(trial, items) {
  const { title, id, url, sponsors, status, look, asOf, end, age, due, late, differ, missing } = trial;
  const cell = (label, ...parts) => element("td", { role: "cell", "data-label": label }, ...parts);
  const own = (anchor, text) => element("a", { href: new URL(`${url}#${anchor}`, root).href }, text);
  return element("tr", { role: "row" },
    element("th", { scope: "row", role: "rowheader" }, element("a", { href: new URL(url, root).href }, title), element("small", {}, [id, ...sponsors].join(" · "))),
    cell(TITLES.status, element("b", { class: look, "data-said": asOf || "", "data-end": end || false }, status)),
    cell(TITLES.age, age ? howLong(age) : "", element("small", {}, asOf ? gettext("as of {date}", { date: date(asOf) }) : gettext("undated"))),
    cell(TITLES.late, due ? [late ? ngettext("{n} day ago", "{n} days ago", late) : gettext("not yet"), element("small", {}, gettext("{date}, if the rule applies", { date: date(due) }))] : ""),
    cell(TITLES.differ, differ ? own("where-documents-differ", ngettext("on {n} value", "on {n} values", differ)) : ""),
    cell(TITLES.missing, missing ? element("details", {}, element("summary", {}, number(missing)), element("ul", {}, trial.items.map((one) => element("li", {}, items[one - 1])))) : ""));
}

function turning(state, last, change) {
  const link = (page, title) => {
    const anchor = element("a", { href: addressOf({ ...state, page }) || location.pathname }, title);
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      change({ page });
      document.querySelector(".desk__status").scrollIntoView({ block: "start" });
    });
    return anchor;
  };
  return [state.page > 1 ? link(state.page - 1, gettext("Previous page")) : element("span"), element("span", {}, gettext("Page {page} of {pages}", { page: number(state.page), pages: number(last) })),
    state.page < last ? link(state.page + 1, gettext("Next page")) : element("span")];
}

function saveRows(trials, items) {
  const day = new Date().toISOString().slice(0, 10);
  const headings = [
    gettext("Registry number"), gettext("Title"), gettext("Sponsors"), gettext("Status"), gettext("Documents as of"), gettext("Months since"),
    gettext("Results would be due if 42 CFR 11 applies"), gettext("Days since then"), gettext("Values on which documents differ"), gettext("WHO items not stated"),
    gettext("Which WHO items"), gettext("Page"), gettext("Counted on"),
  ];
  const rows = trials.map((one) => [one.id, one.title, one.sponsors.join("; "), one.status, one.asOf, one.age || "", one.due, one.late || "", one.differ, one.missing, one.items.map((item) => items[item - 1]).join("; "), new URL(one.url, root).href, day]);
  save(csvOf([headings, ...rows]), "text/csv", `desk-${day}.csv`);
}
