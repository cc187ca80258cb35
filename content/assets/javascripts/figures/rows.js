/* Long lists of trials: filter them by status, phase and year of the start, and sort them.  The choice stands in the address. */

import { gettext, number } from "../language.js";
import { anchorOf } from "../study/paths.js";
import { PHASES, words } from "../study/words.js";
import { repage } from "./pages.js";

const SORTS = { "": gettext("As listed"), newest: gettext("Latest start first"), oldest: gettext("Earliest start first"), title: gettext("By title") };
const NONE = gettext("not stated");
/** How what a row says of phases begins. */
const IN_PHASES = [...PHASES.filter((code) => code !== "NA").map(words), gettext("Other: “{words}”").split("{words}")[0]].filter(Boolean);

/** Put the choices above the first of the rows, and show those that fit. */
export function filterRows(items) {
  const rows = items.map(read);
  const bar = document.createElement("form");
  bar.className = "row-filter";
  bar.setAttribute("aria-label", gettext("Filter the trials of this page"));
  const said = document.createElement("output");
  const choices = {
    status: choice("status", gettext("Status"), rows.flatMap((row) => row.status)),
    phase: choice("phase", gettext("Phase"), rows.flatMap((row) => row.phases)),
    year: choice("start", gettext("Start"), rows.map((row) => row.year), (a, b) => (a < b ? 1 : -1)),
    sort: choice("order", gettext("Order"), null),
  };
  const place = document.querySelector("[data-row-filter]");
  if (!choices.status.select.options[2] && !choices.phase.select.options[2] && !choices.year.select.options[2]) return place?.remove();
  bar.append(...Object.values(choices).map(({ part }) => part), said);
  const before = items[0].closest(".rows"), heading = before.previousElementSibling;
  if (place) place.append(bar);
  else (heading?.matches("h3") ? heading : before).before(bar);

  const wanted = new URLSearchParams(location.search);
  for (const [name, { select }] of Object.entries(choices)) {
    if ([...select.options].some((option) => option.value === wanted.get(name))) select.value = wanted.get(name);
  }
  const show = (event) => {
    const { status, phase, year, sort } = Object.fromEntries(Object.entries(choices).map(([name, { select }]) => [name, select.value]));
    let shown = 0;
    for (const row of rows) {
      const fits = (!status || row.status === status) && (!phase || row.phases.includes(phase)) && (!year || row.year === year);
      row.item.hidden = !fits;
      shown += Number(fits);
    }
    const order = {
      newest: (a, b) => compare(b.start, a.start), oldest: (a, b) => compare(a.start || "9", b.start || "9"),
      title: (a, b) => a.title.localeCompare(b.title),
    }[sort];
    for (const list of new Set(rows.map((row) => row.list))) {
      const mine = rows.filter((row) => row.list === list);
      list.append(...(order ? mine.toSorted((a, b) => order(a, b) || a.place - b.place) : mine).map((row) => row.item));
      const part = list.closest(".rows");
      part.hidden = mine.every((row) => row.item.hidden);
      const title = part.previousElementSibling;
      if (title?.matches("h3") || (title?.matches("h2") && anchorOf(title) !== "trials")) title.hidden = part.hidden;
    }
    said.textContent = shown === rows.length ? gettext("{count} rows", { count: number(shown) }) : gettext("{shown} of {all} rows", { shown: number(shown), all: number(rows.length) });
    const address = new URL(location.href);
    for (const [name, { select }] of Object.entries(choices)) {
      if (select.value) address.searchParams.set(name, select.value);
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
    repage({ first: Boolean(event) });
  };
  bar.addEventListener("input", show);
  bar.addEventListener("submit", (event) => event.preventDefault());
  show();
}

const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Return what a row says of its trial. */
function read(item, place) {
  const text = item.querySelector("small")?.textContent ?? "";
  const parts = text.split(" · ").map((part) => part.trim());
  const phase = parts.find((part) => IN_PHASES.some((words) => part.startsWith(words)));
  const time = item.querySelector("small time[data-says=from]");
  const date = time?.dateTime || time?.textContent || "";
  return {
    item, place, list: item.parentNode, start: date, title: item.querySelector("a")?.textContent ?? "",
    status: item.querySelector("b")?.dataset.status || item.querySelector("b")?.textContent.trim() || NONE,
    phases: phase ? phase.split(" / ") : [NONE], year: date.slice(0, 4) || NONE,
  };
}

/** Return a choice with its title, among the values that occur, with their numbers. */
function choice(name, title, values, order = (a, b) => a.localeCompare(b)) {
  const part = document.createElement("span");
  const label = document.createElement("label");
  const select = document.createElement("select");
  select.id = label.htmlFor = `filter-${name}`;
  if (values) {
    const counts = new Map([...new Set(values)].sort(order).map((value) => [value, values.filter((one) => one === value).length]));
    select.add(new Option(gettext("Any"), ""));
    for (const [value, rows] of counts) select.add(new Option(`${value} (${number(rows)})`, value));
  } else for (const [value, order] of Object.entries(SORTS)) select.add(new Option(order, value));
  label.textContent = title;
  part.append(label, " ", select);
  return { part, select };
}
