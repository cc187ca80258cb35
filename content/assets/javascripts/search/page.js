/* The search page: words, facets with counts, place, order; the whole state in the address. */

import { asksForSomething, fromAddress, RADII, SORTS, toAddress } from "./state.js";
import { gettext, inSentence, ngettext, number, withElements } from "../language.js";
import { catalog, element, root } from "./site.js";
import { askPosition, ENTITIES, entityValues, MY_POSITION, search, similarQuery, townName, townsLike, waysOut } from "./engine.js";
import { KINDS } from "./names.js";
import { hitItem, marked } from "./hits.js";
import { searchWithTheme } from "./material.js";
import { ticksBar } from "../compare/ticks.js";
import { fold } from "./words.js";

const ON_A_PAGE = 10, FEW = 8, MOST = 200, LARGE = 3000;
const TITLES = {
  status: gettext("Status"), phase: gettext("Phase"), type: gettext("Study type"), condition: gettext("Condition"), drug: gettext("Drug or intervention"),
  sponsor: gettext("Sponsor"), class: gettext("Class of the sponsor"), country: gettext("Country"), city: gettext("City"), sex: gettext("Sex"),
  age: gettext("Age"), results: gettext("Results"), flag: gettext("Flags"),
};
const ORDER = ["status", "phase", "type", "condition", "drug", "sponsor", "class", "country", "city", "sex", "age", "results", "flag"];
const OPEN_FIRST = ["status", "phase", "type"];
const FIXED = {
  results: { YES: gettext("Results posted"), NO: gettext("No results posted, as a document states") },
  sex: { ALL: gettext("Women and men"), FEMALE: gettext("Women only"), MALE: gettext("Men only") },
};
const IN_ORDER = {
  status: ["RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE", "NOT_YET_RECRUITING", "ACTIVE_NOT_RECRUITING", "COMPLETED"],
  phase: ["EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4", "NA"], age: ["CHILD", "ADULT", "OLDER_ADULT"],
};

let place, labels, about, state, parts, asked = 0;
const shownAll = new Set(), unfolded = new Set(), narrowed = new Map();

/** Fill the search page. */
export async function fillPage(target) {
  place = target;
  about = await catalog();
  if (!about) return fillWithTheme();
  labels = about.labels;
  // Each facet that is open costs a large catalog some 20 KB.
  for (const facet of about.trials > LARGE ? OPEN_FIRST.slice(0, 1) : OPEN_FIRST) unfolded.add(facet);
  state = fromAddress(location.search);
  for (const [facet, values] of state.facets) if (values.size) unfolded.add(facet);
  if (state.from || state.to) unfolded.add("start");
  build();
  window.onpopstate = () => {
    if (!target.isConnected) return; // another page is shown now
    state = fromAddress(location.search);
    showInputs();
    run({ keep: true });
  };
  await run({ keep: true });
}

function build() {
  parts = {};
  parts.query = element("input", { type: "search", id: "search-query", name: "q", autocomplete: "off", spellcheck: "false", enterkeyhint: "search", maxlength: 300, placeholder: gettext("Drug, condition, person, place, number …") });
  parts.near = element("input", { type: "text", id: "search-near", name: "near", list: "search-towns", autocomplete: "off", maxlength: 100, placeholder: gettext("Town") });
  parts.towns = element("datalist", { id: "search-towns" });
  parts.mine = element("button", { type: "button", class: "search-button search-button--quiet", hidden: !navigator.geolocation || !window.isSecureContext }, gettext("Near me"));
  parts.km = element("select", { id: "search-km", name: "km", "aria-label": gettext("Distance") }, RADII.map((km) => element("option", { value: km }, gettext("within {n} km", { n: km }))));
  parts.open = element("input", { type: "checkbox", name: "open", id: "search-open" });
  parts.sort = element("select", { id: "search-sort", name: "sort", "aria-label": gettext("Order") }, Object.entries(SORTS).map(([key, title]) => element("option", { value: key }, title)));
  parts.status = element("p", { class: "search-status", role: "status", "aria-live": "polite", "aria-atomic": "true" });
  parts.notice = element("div", { class: "search-notice" });
  parts.names = element("div", { class: "search-names" });
  parts.hits = element("ol", { class: "hits" });
  parts.pages = element("nav", { class: "search-pages", "aria-label": gettext("Pages of results") });
  parts.cite = element("details", { class: "search-cite" }, element("summary", {}, gettext("Cite or save this search")));
  parts.chosen = element("ul", { class: "search-chosen", "aria-label": gettext("Chosen filters") });
  parts.facets = element("div", { class: "search-facets__list" });
  parts.filterTitle = element("summary", {}, gettext("Filters"));
  parts.filters = element("details", { class: "search-facets", open: matchMedia("(min-width: 60em)").matches }, parts.filterTitle, parts.facets);
  const form = element("form", { class: "search-form", role: "search", "aria-label": gettext("Trials") },
    element("div", { class: "search-form__line" },
      element("label", { class: "search-field search-field--query", for: "search-query" }, element("span", {}, gettext("Search for")), parts.query),
      element("button", { type: "submit", class: "search-button" }, gettext("Search"))),
    element("div", { class: "search-form__line search-form__line--near", hidden: !about.towns },
      element("label", { class: "search-field", for: "search-near" }, element("span", {}, gettext("Near a town")), parts.near, parts.towns),
      parts.mine,
      element("label", { class: "search-field", for: "search-km" }, element("span", {}, gettext("Distance")), parts.km),
      element("label", { class: "search-check", for: "search-open" }, parts.open, " ", gettext("only where it recruits"))));
  place.replaceChildren(form,
    element("div", { class: "search-columns" }, parts.filters,
      element("section", { class: "search-found", "aria-label": gettext("Results") },
        element("div", { class: "search-head" }, parts.status, element("label", { class: "search-sort", for: "search-sort" }, gettext("Order"), " ", parts.sort)),
        parts.cite, parts.chosen, parts.notice, parts.names, parts.hits, ticksBar(), parts.pages)));
  showInputs();
  parts.filters.addEventListener("toggle", () => {
    if (parts.filters.open && parts.filters.dataset.filled !== "true" && place.dataset.ready) run({ keep: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change({ q: parts.query.value, exactly: false, near: parts.near.value, open: parts.open.checked }, true);
  });
  let waiting;
  parts.query.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ q: parts.query.value, exactly: false }), 180);
  });
  parts.near.addEventListener("input", async () => {
    const found = (await townsLike(parts.near.value)).slice(0, 8);
    parts.towns.replaceChildren(...found.map((town) => element("option", { value: townName(town) })));
    if (parts.near.value === "" || found.some((town) => townName(town) === parts.near.value)) change({ near: parts.near.value });
  });
  parts.near.addEventListener("change", () => change({ near: parts.near.value }));
  parts.mine.addEventListener("click", async () => {
    if (await askPosition()) change({ near: MY_POSITION, page: 1 }, true);
    else parts.notice.replaceChildren(element("p", {}, gettext("Your browser does not tell where it is. Type a town instead.")));
  });
  parts.km.addEventListener("change", () => change({ km: Number(parts.km.value), near: parts.near.value }));
  parts.open.addEventListener("change", () => change({ open: parts.open.checked, near: parts.near.value }));
  parts.sort.addEventListener("change", () => change({ sort: parts.sort.value }, true));
  if (!location.search) parts.query.focus({ preventScroll: true });
}

function showInputs() {
  if (document.activeElement !== parts.query || parts.query.value.trim() !== state.q.trim()) parts.query.value = state.q;
  parts.near.value = state.near;
  parts.km.value = String(state.km);
  parts.open.checked = state.open;
  parts.sort.value = state.sort;
  parts.sort.options[0].textContent = state.near ? gettext("Recruiting sites first, by distance") : SORTS[""];
}

/** Take up a change of the state.  What was typed replaces the address; what was chosen adds to the history. */
function change(changes, newEntry = false) {
  const before = toAddress(state);
  state = { ...state, page: 1, cited: null, ...changes };
  const address = toAddress(state);
  if (address === before && !state.exactly && !("page" in changes)) return;
  history[newEntry ? "pushState" : "replaceState"](null, "", address || location.pathname);
  showInputs();
  run();
}

async function run({ keep = false } = {}) {
  const turn = ++asked;
  const slow = setTimeout(() => {
    if (turn === asked) parts.status.textContent = gettext("Searching …");
  }, 400);
  let found;
  try {
    found = await search(state, parts.filters.open ? [...ORDER, "start"].filter((facet) => unfolded.has(facet)) : [], [(state.page - 1) * ON_A_PAGE, state.page * ON_A_PAGE]);
  } catch (error) {
    console.error(error);
    parts.status.textContent = gettext("The search could not be loaded. The lists below lead to everything.");
    return;
  } finally {
    clearTimeout(slow);
  }
  if (turn !== asked) return;
  await showHits(found, turn);
  if (turn !== asked) return;
  showNames(found);
  const notes = await searchNotes(found);
  if (turn !== asked) return;
  parts.notice.replaceChildren(...notes);
  await showFacets(found);
  showChosen();
  showCite(found.results);
  place.dataset.ready = toAddress(state) || "?";
  if (!keep && state.page > 1) parts.status.scrollIntoView({ block: "start" });
}

async function showHits(found, turn) {
  const total = found.results.length, last = Math.max(1, Math.ceil(total / ON_A_PAGE));
  state.page = Math.min(state.page, last);
  const shown = found.results.slice((state.page - 1) * ON_A_PAGE, state.page * ON_A_PAGE);
  const numbers = new Map(found.names.filter((name) => found.numbers.length && name.by).map((name) => [name.url, name.by]));
  const around = found.place?.town ? String(new URLSearchParams({ near: townName(found.place.town), km: state.km })) : "";
  const items = await Promise.all(shown.map(async (result) => {
    const data = await result.data();
    return hitItem(data, { terms: found.terms, numberBy: numbers.get(data.raw_url.replace(/^\//, "")), near: found.place?.near?.get(result.key), around });
  }));
  if (turn !== asked) return;
  parts.hits.start = (state.page - 1) * ON_A_PAGE + 1;
  parts.hits.replaceChildren(...items);
  const told = !asksForSomething(state) ? ngettext("{n} trial in this catalog", "{n} trials in this catalog", total)
    : total ? ngettext("{n} trial found", "{n} trials found", total)
      : isAskedBack(found.place) ? gettext("Choose the town first") : gettext("No trial found");
  const range = { found: told, first: number((state.page - 1) * ON_A_PAGE + 1), last: number(Math.min(total, state.page * ON_A_PAGE)) };
  parts.status.textContent = total > ON_A_PAGE ? gettext("{found}, {first} to {last} shown", range) : told;
  const link = (page, title) => {
    const anchor = element("a", { href: toAddress({ ...state, page }) || location.pathname, rel: page > state.page ? "next" : "prev" }, title);
    anchor.addEventListener("click", (event) => {
      event.preventDefault();
      change({ page, cited: state.cited }, true);
    });
    return anchor;
  };
  parts.pages.replaceChildren(...(last > 1 ? [
    state.page > 1 ? link(state.page - 1, gettext("Previous page")) : element("span"), element("span", {}, gettext("Page {page} of {pages}", { page: number(state.page), pages: number(last) })),
    state.page < last ? link(state.page + 1, gettext("Next page")) : element("span")] : []));
}

function showNames(found) {
  const names = found.names.filter((name) => name.kind !== "trial" && name.score >= 40).slice(0, 4);
  parts.names.replaceChildren(...(names.length && state.page === 1 ? [
    element("h2", { class: "search-names__title" }, gettext("Pages of these names")),
    element("ul", {}, names.map((name) => element("li", {},
      element("span", { class: "search-kind" }, KINDS[name.kind] ?? name.kind), " ",
      element("a", { href: new URL(name.url, root).href }, name.title),
      element("span", { class: "search-more" }, [
        name.hint, name.trials ? ngettext("{n} trial", "{n} trials", name.trials) : "", spelling(name, found.terms)].filter(Boolean).flatMap((part) => [" · ", part].flat())))))] : []));
}

/** Return by which spelling a name was found, else how it is written, too. */
function spelling(name, terms) {
  if (name.by) return withElements(gettext("found by its spelling “{spelling}”"), { spelling: marked(name.by, terms) });
  return name.others.length ? gettext("also written {names}", { names: name.others.slice(0, 3).join(", ") }) : "";
}

/** Return what the page says above the hits: what was corrected, what else may be meant, ways out where nothing is found. */
async function searchNotes(found) {
  const notes = [];
  if (found.corrected) {
    notes.push(element("p", { class: "search-corrected" }, withElements(gettext("No match for “{query}”. Showing results for {corrected}. {search}."), {
      query: state.q.trim(), corrected: element("strong", {}, found.corrected), search: changed({ exactly: true }, gettext("Search for “{query}” instead", { query: state.q.trim() })) })));
  }
  if (found.place) notes.push(...placeNotes(found.place));
  if (!found.corrected && !state.exactly) {
    const similar = await similarQuery(state, found.results.length);
    if (similar) notes.push(element("p", { class: "search-similar" }, withElements(gettext("Did you mean {query} ({trials})?"), {
      query: changed({ q: similar.query, exactly: false }, similar.query), trials: ngettext("{n} trial", "{n} trials", similar.hits) })));
  }
  if (!found.results.length && (!found.place || found.place.town)) notes.push(await deadEnd());
  if (state.cited && (state.cited.version !== about.version || state.cited.hits !== found.results.length))
    notes.push(element("p", { class: "search-changed" }, gettext("When this search was cited, version {cited} of the catalog had {hits}. This is version {version}, with {found}.", {
      cited: state.cited.version, hits: ngettext("{n} hit", "{n} hits", state.cited.hits), version: about.version, found: ngettext("{n} hit", "{n} hits", found.results.length) })));
  return notes;
}

/** Return why nothing is found, with links to searches that find something. */
async function deadEnd() {
  const { withoutFilters, farther, withoutWords } = await waysOut(state, RADII);
  const way = (changes, title, hits) => element("li", {}, withElements(ngettext("{search}: {n} trial", "{search}: {n} trials", hits), { search: changed(changes, title) }));
  const ways = withoutWords.map(({ word, query, hits }) => way({ q: query, exactly: false }, gettext("Without “{word}”", { word }), hits));
  const none = { facets: new Map([...state.facets].map(([key]) => [key, new Set()])), from: null, to: null, near: "" };
  if (withoutFilters) ways.unshift(way(none, gettext("Without place and filters"), withoutFilters));
  if (farther) ways.unshift(way({ km: farther.km }, gettext("Within {n} km", { n: number(farther.km) }), farther.hits));
  const why = gettext("All words must stand in a trial, or words that begin with them.");
  return element("div", { class: "search-ways-out" }, element("p", {}, ways.length ? why : [why, " ", gettext("None of these does. The lists below lead to all trials and names.")]), ways.length ? element("ul", {}, ways) : "");
}

/** Return a link to this search with changes. */
function changed(changes, ...title) {
  const link = element("a", { href: toAddress({ ...state, page: 1, ...changes }) }, ...title);
  link.addEventListener("click", (event) => {
    event.preventDefault();
    change(changes, true);
  });
  return link;
}

/** Say whether several towns may be meant. */
const isAskedBack = (where) => Boolean(where && !where.town && where.choices.length > 1);

function placeNotes(where) {
  if (isAskedBack(where))
    return [element("div", { class: "search-which" }, element("p", {}, gettext("Which {town}?", { town: state.near.trim() })),
      element("ul", {}, where.choices.map((town) => element("li", {}, town.latitude === null ? gettext("{town} (coordinates not known)", { town: townName(town) }) : changed({ near: townName(town) }, townName(town))))))];
  if (!where.town && state.near.trim() === MY_POSITION) return [element("p", {}, gettext("This tab does not know your position. Use the button “Near me”: your browser asks you first, and tells nobody else."))];
  if (!where.town)
    return [element("p", {}, where.choices.length
      ? gettext("Nobody states where {town} lies, so the search cannot tell what is near. Its trials are in the filter “City”.", { town: townName(where.choices[0]) })
      : gettext("No town is named exactly “{town}” here or in the gazetteer. Type its whole name, or choose one from the list that opens while you type.", { town: state.near.trim() }))];
  const notes = [element("p", {}, gettext("Sites within {n} km of {town}, as the crow flies; sites that say they recruit come first. Computed in your browser: nobody learns which town you typed.", { n: where.radius, town: townName(where.town) }))];
  if (where.unknownTrials) {
    const facets = new Map([...state.facets, ["city", new Set(where.unknown.map(({ id }) => id))]]);
    const names = where.unknown.slice(0, FEW).map(({ name }) => name).join(", "), more = where.unknown.length - FEW;
    const towns = more > 0 ? gettext("{names} and {count} more", { names, count: number(more) }) : names;
    notes.push(element("p", { class: "search-unplaced" },
      ngettext("Not counted here: {n} trial with sites in towns whose coordinates are not known ({towns}).",
        "Not counted here: {n} trials with sites in towns whose coordinates are not known ({towns}).", where.unknownTrials, { towns }), " ",
      changed({ near: "", facets }, gettext("Show them"))));
  }
  return notes;
}

/* Facets */

const rankOf = (rank, value) => (value === "NOT_STATED" ? 100 : rank.indexOf(value) + 1 || 99);

const labelOf = (facet, value) =>
  value === "NOT_STATED" ? gettext("Not stated")
    : ENTITIES.includes(facet) ? value.slice(value.indexOf("|") + 1)
      : FIXED[facet]?.[value] ?? labels[facet]?.[value] ?? value;
const idOf = (facet, value) => (ENTITIES.includes(facet) ? value.split("|", 1)[0] : value);

/** Return a number of trials, its noun for those who hear the page. */
function facetCount(trials) {
  const shown = number(trials), noun = (text) => text && element("span", { class: "sr-only" }, text);
  const [before, after = ""] = ngettext("{n} trial", "{n} trials", trials).split(shown);
  return [noun(before), shown, noun(after)];
}

async function showFacets(found) {
  parts.filters.dataset.filled = String(parts.filters.open);
  const focused = document.activeElement?.id;
  const blocks = [];
  for (const facet of ORDER) blocks.push(await facetBlock(facet, found.counts));
  blocks.splice(3, 0, yearBlock(found.counts));
  parts.facets.replaceChildren(...blocks.filter(Boolean));
  if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus({ preventScroll: true });
}

async function facetBlock(facet, counts) {
  const chosen = state.facets.get(facet);
  const open = unfolded.has(facet);
  const block = element("details", { class: "facet", open, "data-facet": facet }, element("summary", {}, TITLES[facet], chosen.size ? element("span", { class: "facet__chosen" }, ` (${chosen.size})`) : ""));
  block.addEventListener("toggle", () => {
    if (block.open === unfolded.has(facet)) return;
    unfolded[block.open ? "add" : "delete"](facet);
    if (block.open) run({ keep: true });
  });
  if (!open) return block;
  const numbers = counts?.[facet] ?? {};
  let values = Object.keys(numbers).filter((value) => numbers[value] || chosen.has(idOf(facet, value)));
  if (!counts && ENTITIES.includes(facet)) values = [...(await entityValues(facet)).values()].filter((value) => chosen.has(idOf(facet, value)));
  for (const value of chosen) if (!values.some((known) => idOf(facet, known) === value)) values.push(value);
  const rank = IN_ORDER[facet];
  values.sort((a, b) =>
    rank ? rankOf(rank, a) - rankOf(rank, b) : chosen.has(idOf(facet, b)) - chosen.has(idOf(facet, a)) || (numbers[b] ?? 0) - (numbers[a] ?? 0) || labelOf(facet, a).localeCompare(labelOf(facet, b)));
  const wanted = fold(narrowed.get(facet) ?? "").split(/\s+/).filter(Boolean);
  const fitting = values.filter((value) => wanted.every((word) => fold(labelOf(facet, value)).includes(word)));
  const most = shownAll.has(facet) ? MOST : wanted.length ? 2 * FEW : rank ? 20 : FEW;
  const shown = fitting.slice(0, most);
  const fields = element("fieldset", {}, element("legend", { class: "sr-only" }, TITLES[facet]));
  if (values.length > 2 * FEW) {
    const narrow = element("input", { type: "search", class: "facet__narrow", id: `narrow-${facet}`, "aria-label": gettext("Narrow {facet}", { facet: inSentence(TITLES[facet]) }), placeholder: gettext("Narrow the list"), value: narrowed.get(facet) ?? "", autocomplete: "off" });
    narrow.addEventListener("input", async () => {
      narrowed.set(facet, narrow.value);
      const again = await facetBlock(facet, counts);
      block.replaceWith(again);
      const field = again.querySelector(".facet__narrow");
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
    });
    fields.append(narrow);
  }
  for (const [index, value] of shown.entries()) {
    const id = idOf(facet, value), name = `facet-${facet}-${index}-${id}`.replace(/[^\w-]/g, "_");
    const box = element("input", { type: "checkbox", id: name, name: facet, value: id, checked: chosen.has(id) });
    box.addEventListener("change", () => {
      const facets = new Map([...state.facets].map(([key, held]) => [key, new Set(held)]));
      facets.get(facet)[box.checked ? "add" : "delete"](id);
      change({ facets }, true);
    });
    fields.append(element("label", { class: "facet__value", for: name }, box, element("span", { class: "facet__label" }, labelOf(facet, value)),
      counts ? element("span", { class: "facet__count" }, facetCount(numbers[value] ?? 0)) : ""));
  }
  if (!fitting.length) fields.append(element("p", { class: "facet__none", role: wanted.length ? "status" : null }, counts || values.length ? gettext("None in these results.") : gettext("Not counted for phrases.")));
  if (fitting.length > shown.length || shownAll.has(facet)) {
    const left = fitting.length > MOST ? gettext("Show {count} of {all}", { count: number(MOST), all: number(fitting.length) }) : gettext("Show all {count}", { count: number(fitting.length) });
    const more = element("button", { type: "button", class: "facet__more", id: `more-${facet}` }, shownAll.has(facet) ? gettext("Show fewer") : left);
    more.addEventListener("click", async () => {
      shownAll[shownAll.has(facet) ? "delete" : "add"](facet);
      const again = await facetBlock(facet, counts);
      block.replaceWith(again);
      again.querySelector(".facet__more")?.focus();
    });
    if (fitting.length > FEW) fields.append(more);
  }
  block.append(fields);
  return block;
}

function yearBlock(counts) {
  const years = Object.keys(counts?.start ?? {}).filter((year) => year !== "NOT_STATED").sort();
  const field = (key, title, fallback) => {
    const input = element("input", { type: "number", id: `search-${key}`, name: key, min: 1900, max: 2100, step: 1, inputmode: "numeric", placeholder: fallback ?? "", value: state[key] ?? "" });
    input.addEventListener("change", () => change({ [key]: input.value && input.checkValidity() ? Number(input.value) : null }, true));
    return element("label", { for: `search-${key}` }, `${title} `, input);
  };
  const open = unfolded.has("start");
  const block = element("details", { class: "facet", open, "data-facet": "start" }, element("summary", {}, gettext("Start year")),
    // For translators: of a span of years, before a field for the first and one for the last.
    element("div", { class: "facet__years" }, field("from", gettext("from"), years[0]), field("to", gettext("to"), years.at(-1))));
  block.addEventListener("toggle", () => {
    if (block.open === unfolded.has("start")) return;
    unfolded[block.open ? "add" : "delete"]("start");
    if (block.open) run({ keep: true });
  });
  return block;
}

function showChosen() {
  const chips = [];
  const chip = (text, changes) => {
    const button = element("button", { type: "button" }, text, element("span", { "aria-hidden": "true" }, " ×"), element("span", { class: "sr-only" }, ", ", gettext("remove")));
    button.addEventListener("click", () => {
      change(changes, true);
      parts.query.focus({ preventScroll: true });
    });
    chips.push(element("li", {}, button));
  };
  for (const [facet, values] of state.facets)
    for (const value of values) {
      const facets = new Map([...state.facets].map(([key, held]) => [key, new Set([...held].filter((other) => key !== facet || other !== value))]));
      const label = [...parts.facets.querySelectorAll(`[data-facet="${facet}"] input[type=checkbox]`)].find((box) => box.value === value)?.nextSibling?.textContent;
      chip(gettext("{facet}: {value}", { facet: TITLES[facet], value: label ?? labelOf(facet, value) }), { facets });
    }
  if (state.from || state.to) chip(gettext("Start {from} to {to}", { from: state.from ?? "…", to: state.to ?? "…" }), { from: null, to: null });
  if (state.near) chip(gettext("Near {town}", { town: state.near }), { near: "" });
  if (chips.length > 1) chip(gettext("All filters"), { facets: new Map([...state.facets].map(([key]) => [key, new Set()])), from: null, to: null, near: "" });
  parts.chosen.replaceChildren(...chips);
  parts.filterTitle.textContent = chips.length ? gettext("Filters ({count})", { count: chips.length > 1 ? chips.length - 1 : 1 }) : gettext("Filters");
}

function showCite(results) {
  const hits = results.length;
  const address = new URL(toAddress(state, { cite: { version: about.version, hits } }) || location.pathname, location.href).href;
  const today = new Date().toISOString().slice(0, 10);
  const site = document.querySelector("meta[property='og:site_name']")?.content || document.title;
  const asked = [state.q.trim() && `“${state.q.trim()}”`, ...[...parts.chosen.querySelectorAll("button")].map((button) => button.firstChild.textContent).filter((text) => text !== gettext("All filters"))].filter(Boolean).join("; ");
  const everything = gettext("all trials");
  const text = gettext("{site}, version {version}. Search for {query}: {hits} of {trials}. {day}. {address}", {
    site, version: about.version, query: asked || everything, hits: ngettext("{n} hit", "{n} hits", hits), trials: ngettext("{n} trial", "{n} trials", about.trials), day: today, address });
  const words = element("output", { class: "search-cite__text", id: "search-cite" }, text);
  const said = element("span", { role: "status" });
  const copy = element("button", { type: "button", class: "search-button search-button--quiet" }, gettext("Copy"));
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
      said.replaceChildren(" ", gettext("Copied."));
    } catch {
      getSelection().selectAllChildren(words);
      said.replaceChildren(" ", gettext("Marked: copy it with the keyboard."));
    }
  });
  const told = (fetched) => {
    said.replaceChildren(" ", ngettext("{n} hit", "{n} hits", fetched), " …");
  };
  const saving = (title, ending, type, make) => {
    const button = element("button", { type: "button", class: "search-button search-button--quiet", disabled: !hits }, title);
    button.addEventListener("click", async () => {
      const [exporting, { save }] = await Promise.all([import("./export.js"), import("../files.js")]);
      const made = await make(exporting);
      if (made === null) {
        said.replaceChildren(" ", gettext("This site was built without records for reference managers."));
        return;
      }
      save(made.text, type, `search-${about.version}-${today}.${ending}`);
      const all = ngettext("{n} hit", "{n} hits", hits);
      said.replaceChildren(" ", made.records < hits ? gettext("Saved: {count} of {hits}.", { count: number(made.records), hits: all }) : gettext("Saved: {hits}.", { hits: all }));
    });
    return [button, " "];
  };
  const saves = [
    ...saving(gettext("Save the hits as a table (CSV)"), "csv", "text/csv", async ({ asTable, MOST }) =>
      ({ text: await asTable(results, { version: about.version, address, day: today, labels }, told), records: Math.min(hits, MOST) })),
    ...saving(gettext("Cite the hits (RIS)"), "ris", "application/x-research-info-systems", ({ asRecords }) => asRecords(results, "ris", told)),
    ...saving(gettext("Cite the hits (BibTeX)"), "bib", "application/x-bibtex", ({ asRecords }) => asRecords(results, "bib", told)),
  ];
  parts.cite.replaceChildren(element("summary", {}, gettext("Cite or save this search")), element("p", {}, words), element("p", {}, copy, " ", saves, said),
    element("p", { class: "search-more" }, gettext("The same documents give the same version, and the same address the same hits. The address tells whoever opens it later what has changed since.")));
}

/* Without our index: the theme's own search, words only. */

async function fillWithTheme() {
  const query = element("input", { type: "search", id: "search-query", name: "q", autocomplete: "off", value: new URLSearchParams(location.search).get("q") ?? "" });
  const status = element("p", { class: "search-status", role: "status", "aria-live": "polite" });
  const hits = element("ol", { class: "hits" });
  place.replaceChildren(element("form", { class: "search-form", role: "search" }, element("div", { class: "search-form__line" },
    element("label", { class: "search-field search-field--query", for: "search-query" }, element("span", {}, gettext("Search for")), query), element("button", { type: "submit", class: "search-button" }, gettext("Search")))), status, hits);
  const find = async () => {
    const found = query.value.trim() ? await searchWithTheme(query.value.trim()) : [];
    status.textContent = found === null ? gettext("This site was built without a search index. The lists below lead to everything.") : query.value.trim() ? ngettext("{n} page found", "{n} pages found", found.length) : "";
    hits.replaceChildren(...(found ?? []).slice(0, 50).map((page) => element("li", { class: "hit" }, element("p", { class: "hit__title" }, element("a", { href: page.url }, page.title)), element("p", { class: "hit__excerpt" }, page.text))));
    place.dataset.ready = "theme";
  };
  query.addEventListener("input", find);
  place.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    find();
  });
  await find();
}
