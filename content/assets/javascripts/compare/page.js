/* The comparison: two to four trials side by side.  The address holds all of its state. */

import { ago, date, gettext, ngettext, number, withElements } from "../language.js";
import { writeAges } from "../ages.js";
import { catalog, element } from "../search/site.js";
import { criteriaRemark, idOf, numbersOf, pageOf, shortName, statusOf, findStudy, titleOf, asId } from "../study/record.js";
import { picker } from "../study/picker.js";
import { aligned, marked } from "./differences.js";
import { SECTIONS, criteriaOf, noCriteria } from "./rows.js";

const MOST = 4, MOST_ASKED = 12, FEW_ITEMS = 8;
const WORDS = {
  same: gettext("same"), differs: gettext("differs"), partly: gettext("not stated by all"), none: gettext("stated by none"), alone: gettext("no similar one"),
  written: gettext("same, written differently"),
};
const CRITERION = { inclusion: gettext("Inclusion criterion"), exclusion: gettext("Exclusion criterion"), whole: gettext("Criterion") };
const NUMBERED = {
  inclusion: (which) => gettext("Inclusion criterion {number}", { number: which }), exclusion: (which) => gettext("Exclusion criterion {number}", { number: which }),
  whole: (which) => gettext("Criterion {number}", { number: which }),
};
const TITLES = { inclusion: gettext("Inclusion criteria"), exclusion: gettext("Exclusion criteria"), whole: gettext("Criteria, not parted into inclusion and exclusion") };
const OTHERS = { inclusion: gettext("Other inclusion criteria"), exclusion: gettext("Other exclusion criteria"), whole: gettext("Other criteria") };
const SAME = ["same", "none"];
const LONG = 40;

let place, field, asked = 0;
/** The ids of the trials that the names in the address mean, as far as they were found. */
const known = new Map();

/** Fill the place of the comparison, and follow the address. */
export function fillComparison(where) {
  place = where;
  field = picker("compare-add", gettext("First trial"), gettext("Add"), add);
  addEventListener("popstate", show);
  show();
}

function fromAddress() {
  const wanted = new URLSearchParams(location.search);
  const ids = wanted.getAll("trials").join(",").split(",").map(asId).filter(Boolean);
  return { ids: [...new Set(ids)].slice(0, MOST_ASKED), beyond: [...new Set(ids)].slice(MOST_ASKED), hide: wanted.get("hide") === "same" };
}

function addressOf(ids, hide) {
  const query = [ids.length ? `trials=${ids.map(encodeURIComponent).join(",")}` : "", hide ? "hide=same" : ""].filter(Boolean).join("&");
  return query ? `?${query}` : location.pathname;
}

function go(ids, hide) {
  history.pushState(null, "", addressOf(ids, hide));
  return show();
}

/** Return what the address asks for now, found trials first: what was shown last may be behind it. */
function askedNow() {
  const { ids, beyond, hide } = fromAddress(), names = [...ids, ...beyond];
  return { trials: [...new Set(names.filter((name) => known.has(name)).map((name) => known.get(name)))], others: names.filter((name) => !known.has(name)), hide };
}

async function add(id) {
  const { trials, others, hide } = askedNow();
  known.set(id, id);
  await go([...new Set([...trials, id, ...others])], hide);
  if (field.hidden) place.querySelector("h2, a")?.focus();
}

async function takeAway(id) {
  const { trials, others, hide } = askedNow();
  await go([...trials.filter((other) => other !== id), ...others], hide);
  document.getElementById("compare-add")?.focus();
}

async function hideSame(hide) {
  const { trials, others } = askedNow();
  await go([...trials, ...others], hide);
  document.getElementById("compare-hide")?.focus();
}

async function show() {
  const turn = ++asked, { ids, beyond, hide } = fromAddress();
  const [about, ...found] = await Promise.all([catalog(), ...ids.map(findStudy)]);
  if (turn !== asked) return;
  const all = [...new Map(found.filter(({ record }) => record).map(({ record }) => [idOf(record), record]))].map(([id, record]) => ({ id, record }));
  const trials = all.slice(0, MOST), left = all.slice(MOST);
  const missing = found.filter(({ record, several }) => !record && !several.length);
  const shown = trials.map(({ id }) => id);
  for (const { asked: name, record } of found) if (record) known.set(name, idOf(record)).set(idOf(record), idOf(record));
  // What the address asks for beside what is shown stays in it.
  const others = [...left.map(({ id }) => id), ...found.filter(({ record }) => !record).map((one) => one.asked), ...beyond];
  const status = element("p", { class: "compare__status", role: "status" });
  const parts = [];
  if (left.length) parts.push(notice(gettext("Only the first {count} trials of the address are compared; left out: {trials}.", { count: MOST, trials: [...left.map(({ id }) => id), ...beyond].join(", ") })));
  for (const { how } of found) if (how) parts.push(notice(how));
  for (const { asked: called, several } of found)
    if (several.length) parts.push(notice(withElements(gettext("Several trials are called “{name}”: {trials}"), { name: called, trials: several.flatMap(({ id, title }, index) => [index ? "; " : "",
      element("a", { href: addressOf([...shown, id, ...others.filter((other) => other !== called)], hide) }, `${id}: ${title}`)]) })));
  for (const { asked: called } of missing) parts.push(notice(gettext("This catalog has no trial “{name}”.", { name: called })));
  parts.push(status);
  if (trials.length) {
    const table = comparison(trials, hide);
    const differing = table.querySelectorAll("tr[data-how=differs]").length, same = table.querySelectorAll(SAME.map((how) => `tr[data-how=${how}]`).join()).length;
    status.textContent = trials.length === 1 ? gettext("One trial. Add another to see how they differ.") : summary(trials.length, differing, same, hide);
    if (trials.length > 1) parts.push(controls(hide), legend());
    parts.push(table, element("p", { class: "compare__from" }, [about?.version && gettext("Catalog version {version}", { version: about.version }), date(today()), location.href].filter(Boolean).join(" · ")));
  } else status.textContent = missing.length ? "" : gettext("Choose two to four trials.");
  field.querySelector("label").textContent = trials.length ? gettext("Add a trial") : gettext("First trial");
  field.hidden = trials.length >= MOST;
  // The field stays where it is: the reader may be typing in it.
  if (field.parentNode !== place) place.replaceChildren(field);
  while (field.nextSibling) field.nextSibling.remove();
  field.after(...parts);
  writeAges(place);
  place.dataset.ready = shown.join(",");
  if (trials.length) document.title = gettext("Compare {trials}", { trials: trials.map(({ record }) => shortName(record)).join(", ") });
}

/** Return how many rows of the comparison differ, and how many do not. */
function summary(columns, differing, same, isHidden) {
  const trials = ngettext("{n} trial", "{n} trials", columns), differ = ngettext("{n} row differs", "{n} rows differ", differing);
  if (!same) return gettext("{trials}: {differ}.", { trials, differ });
  const alike = isHidden ? ngettext("{n} is the same or stated by none and hidden", "{n} are the same or stated by none and hidden", same)
    : ngettext("{n} is the same or stated by none", "{n} are the same or stated by none", same);
  return gettext("{trials}: {differ}, {alike}.", { trials, differ, alike });
}

function today() {
  const now = new Date(), two = (number) => String(number).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

const notice = (...words) => element("p", { class: "compare__notice", role: "alert" }, ...words);

function controls(hide) {
  const box = element("input", { type: "checkbox", id: "compare-hide", checked: hide });
  box.addEventListener("change", () => hideSame(box.checked));
  const print = element("button", { type: "button" }, gettext("Print"));
  print.addEventListener("click", () => window.print());
  return element("div", { class: "compare__controls" }, element("label", { for: "compare-hide" }, box, " ", gettext("Hide what is the same")), print);
}

function legend() {
  return element("details", { class: "compare__legend" }, element("summary", {}, gettext("How to read this")), element("ul", {},
    element("li", {}, withElements(gettext("Each row says in words whether the trials are the {same}, whether what they state {differs}, or whether only some state it: {partly}."),
      { same: tag("same"), differs: tag("differs"), partly: tag("partly") })),
    element("li", {}, withElements(gettext("Words with {mark} do not stand in the same place of all the other texts of the row; in a list, no other trial has the entry."),
      { mark: element("mark", { class: "own" }, gettext("a thick line below")) })),
    element("li", {}, gettext("Criteria are laid side by side where their words are similar, nothing more; those without a similar one follow in a row of their own. That no other trial has a similar one does not say that it lacks the condition.")),
    element("li", {}, gettext("The arrow after a value leads to the trial’s page, which shows the document and line."))));
}

const tag = (how) => element("span", { class: `compare__tag compare__tag--${how}` }, WORDS[how]);

function comparison(trials, hide) {
  const columns = trials.length;
  const head = element("tr", { role: "row" }, element("th", { scope: "col", role: "columnheader", class: "compare__corner" }, element("span", { class: "sr-only" }, gettext("What is compared"))),
    trials.map(({ id, record }) => column(id, record)));
  const table = element("table", { class: "compare__table", role: "table", "data-columns": columns, "aria-label": ngettext("Comparison of {n} trial", "Comparison of {n} trials", columns) }, element("thead", { role: "rowgroup" }, head));
  for (const section of SECTIONS) {
    const rows = section.rows.map((row) => fieldRow(row, section, trials)).filter(Boolean);
    if (section.criteria) rows.push(...criteriaRows(section, trials));
    const shown = rows.filter((row) => !(hide && columns > 1 && SAME.includes(row.dataset.how)));
    for (const row of rows) row.hidden = !shown.includes(row);
    const title = element("tr", { role: "row", class: "compare__section", hidden: !shown.length },
      element("th", { scope: "rowgroup", role: "rowheader", colspan: columns + 1 }, element("h2", { id: `compare-${section.anchor}` }, section.title)));
    table.append(element("tbody", { role: "rowgroup" }, title, rows));
  }
  return table;
}

function column(id, record) {
  const state = statusOf(record);
  const away = element("button", { type: "button", class: "compare__away", "aria-label": gettext("Remove {trial}", { trial: shortName(record) }) }, gettext("Remove"));
  away.addEventListener("click", () => takeAway(id));
  return element("th", { scope: "col", role: "columnheader" },
    element("span", { class: "compare__number" }, [record.protocolSection?.identificationModule?.acronym, ...numbersOf(record).slice(0, 1)].filter(Boolean).join(" · ") || gettext("no registry number in these documents")),
    element("a", { class: "compare__title", href: pageOf(idOf(record)) }, titleOf(record)),
    element("b", { class: state.look, "data-said": state.asOf ?? state.verified ?? "" }, state.label),
    state.asOf ? element("span", { class: "compare__asof" }, [gettext("as of {date}", { date: date(state.asOf) }), ago(state.asOf)].filter(Boolean).join(", ")) : null,
    away);
}

/** Say how the values of a row relate: the same, different, or not stated by some. */
function relation(texts) {
  const told = texts.filter((text) => text !== null);
  if (!told.length) return "none";
  if (texts.length < 2) return "";
  const first = told[0].toLowerCase().replace(/\s+/g, " ");
  if (told.some((text) => text.toLowerCase().replace(/\s+/g, " ") !== first)) return "differs";
  return told.length < texts.length ? "partly" : "same";
}

function row(label, how, cells, kind = "") {
  return element("tr", { role: "row", class: kind, "data-how": how },
    element("th", { scope: "row", role: "rowheader" }, element("span", { class: "compare__label" }, label), how && WORDS[how] ? [" ", tag(how)] : null), cells);
}

function cell(record, label, anchor, content, isStated = true) {
  const value = element("div", { class: "compare__value" }, content);
  if (isStated) {
    const arrow = element("a", { class: "compare__source", href: pageOf(idOf(record), anchor), "aria-label": gettext("{field} on the page of {trial}", { field: label, trial: shortName(record) }) }, "↗");
    ((value.lastElementChild?.matches("ul, details") && value.querySelector(":scope > ul > li:last-child")) || value.querySelector(":scope > p:last-child") || value).append(arrow);
  }
  return element("td", { role: "cell" }, element("span", { class: "compare__who", "aria-hidden": "true" }, shortName(record)), value);
}

const missingWords = ({ text, kind }) => element("span", { class: `absent${kind ? ` absent--${kind}` : ""}` }, text);

function fieldRow(field, section, trials) {
  const values = trials.map(({ record }) => field.value(record));
  if (field.onlyIfStated && values.every((value) => value.absent)) return null;
  const asText = (value) => (value.absent ? null : value.status ? value.status.label : value.items ? value.prose ? value.items.join("\n") : [...value.items].sort().join("\n") : value.text);
  const anchor = field.anchor ?? section.anchor, keysOf = (value) => value.keys ?? (value.items ?? []).map((item) => item.toLowerCase());
  const byName = relation(values.map((value) => (value.items && !value.prose ? [...new Set(keysOf(value))].sort().join("\n") : asText(value))));
  const byText = relation(values.map(asText)), how = byText === "differs" && byName === "same" ? "written" : byText === "differs" && byName === "partly" ? "partly" : byText;
  const lists = values.map((value) => new Set(keysOf(value)));
  const texts = how === "differs" && values.every((value) => value.absent || value.text?.length > LONG) ? marked(values.map((value) => value.text ?? null)) : null;
  const someShared = lists.some((list, index) => [...list].some((item) => lists.some((other, at) => at !== index && other.has(item))));
  const cells = values.map((value, index) => {
    const { record } = trials[index];
    if (value.absent) return cell(record, field.label, anchor, missingWords(value.absent), false);
    if (value.status) return cell(record, field.label, anchor, element("b", { class: value.status.look, "data-said": value.status.asOf ?? value.status.verified ?? "" }, value.status.label));
    if (value.prose) return cell(record, field.label, anchor, value.items.map((text) => element("p", {}, text)));
    if (value.items) {
      const keys = keysOf(value), own = (number) => someShared && !lists.some((other, at) => at !== index && other.has(keys[number]));
      return cell(record, field.label, anchor, listed(value.items, own));
    }
    return cell(record, field.label, anchor, texts?.[index] ? runs(texts[index]) : value.text);
  });
  return row(field.label, how, cells);
}

function listed(items, own) {
  const entries = items.map((item, number) => element("li", {}, own(number) ? element("mark", { class: "own" }, item) : item));
  if (entries.length <= FEW_ITEMS + 2) return element("ul", {}, entries);
  return [element("ul", {}, entries.slice(0, FEW_ITEMS)), element("details", { class: "compare__more" }, element("summary", {}, gettext("{count} more", { count: number(entries.length - FEW_ITEMS) })), element("ul", {}, entries.slice(FEW_ITEMS)))];
}

const runs = (parts) => parts.map(({ text, own }) => (own ? element("mark", { class: "own" }, text) : text));

function criteriaRows(section, trials) {
  const criteria = trials.map(({ record }) => criteriaOf(record)), rows = [];
  for (const [kind, title] of Object.entries(CRITERION)) {
    const lists = criteria.map((parts) => parts[kind]);
    if (lists.every((list) => !list.length)) continue;
    const numbers = element("tr", { role: "row", class: "compare__kind", "data-how": "" },
      element("th", { scope: "row", role: "rowheader" }, TITLES[kind]),
      trials.map(({ record }, index) => cell(record, title, section.anchor, criteriaCount(lists[index], criteria[index], record), lists[index].length > 0)));
    rows.push(numbers);
    const laid = aligned(lists), together = laid.filter((texts) => trials.length > 1 && texts.filter(Boolean).length > 1);
    for (const [at, texts] of together.entries()) {
      const parts = marked(texts);
      const cells = trials.map(({ record }, index) => (parts[index]
        ? cell(record, NUMBERED[kind](number(at + 1)), section.anchor, element("div", { class: "compare__criterion" }, runs(parts[index])))
        : cell(record, title, section.anchor, element("span", { class: "absent" }, lists[index].length ? WORDS.alone : noCriteria(record).text), false)));
      rows.push(row(NUMBERED[kind](number(at + 1)), relation(texts), cells, "compare__criteria"));
    }
    const alone = lists.map((list) => list.filter((text) => !together.some((texts) => texts.includes(text))));
    if (alone.every((list) => !list.length)) continue;
    rows.push(row(trials.length > 1 ? OTHERS[kind] : TITLES[kind], trials.length > 1 ? "alone" : "", trials.map(({ record }, index) => (alone[index].length
      ? cell(record, title, section.anchor, element("ul", {}, alone[index].map((text) => element("li", { class: "compare__criterion" }, text))))
      : cell(record, title, section.anchor, element("span", { class: "absent" }, lists[index].length ? gettext("no other") : noCriteria(record).text), false))), "compare__criteria"));
  }
  if (!rows.length) rows.push(row(gettext("Criteria"), "none", trials.map(({ record }) => cell(record, gettext("Criteria"), section.anchor, missingWords(noCriteria(record)), false))));
  return rows;
}

function criteriaCount(list, parts, record) {
  const remark = criteriaRemark(record);
  const elsewhere = list.length ? "" : parts.whole.length ? gettext("in one text, below") : parts.inclusion.length || parts.exclusion.length ? "" : noCriteria(record).text;
  return [list.length ? number(list.length) : element("span", { class: "absent" }, elsewhere || gettext("not stated")), list.length && remark ? element("p", { class: "compare__lost" }, gettext("Not all may be here: {remark}", { remark })) : null];
}
