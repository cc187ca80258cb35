/* The pocket card: one trial on one sheet of paper.  The address holds all of its state. */

import { age, ago, gettext, inSentence, ngettext, number, withElements } from "../language.js";
import { catalog, element } from "../search/site.js";
import { criteriaIn, partCriteria } from "../study/criteria.js";
import { absent, asId, at, contactInstead, contactsAt, criteriaRemark, idOf, numbersOf, pageOf, shortName, statusOf, findStudy, titleOf } from "../study/record.js";
import { date, phase, words } from "../study/words.js";
import { picker } from "../study/picker.js";
import { fit, PAPERS, setPaper } from "./paper.js";
import { qrCode, qrPath } from "./qr.js";

const P = "/protocolSection", PLACES = `${P}/contactsLocationsModule`, WHO = `${P}/eligibilityModule`;
const MOST_ARMS = 6, MOST_CONTACTS = 3;
const OPEN = ["RECRUITING", "ENROLLING_BY_INVITATION", "AVAILABLE", "NOT_YET_RECRUITING"];

let place, asked = 0;

/** Fill the place of the card, and follow the address. */
export function fillCard(where) {
  place = where;
  addEventListener("popstate", show);
  show();
}

function fromAddress() {
  const wanted = new URLSearchParams(location.search);
  const paper = wanted.get("paper");
  return { trial: asId(wanted.get("trial") ?? ""), site: wanted.get("site") ?? "", paper: Object.hasOwn(PAPERS, paper ?? "") ? paper : "a4" };
}

async function go(changes) {
  const state = { ...fromAddress(), ...changes }, query = new URLSearchParams();
  if (state.trial) query.set("trial", state.trial);
  if (state.site) query.set("site", state.site);
  if (state.paper !== "a4") query.set("paper", state.paper);
  history.pushState(null, "", `?${query}`);
  await show();
}

async function show() {
  const turn = ++asked, state = fromAddress();
  const [found, about] = await Promise.all([state.trial ? findStudy(state.trial) : null, catalog()]);
  const record = found?.record;
  if (turn !== asked) return;
  const field = picker("card-trial", record ? gettext("Another trial") : gettext("Trial"), gettext("Show"), async (id) => {
    await go({ trial: id, site: "" });
    place.querySelector("select")?.focus();
  });
  const status = element("p", { class: "card-status", role: "status" });
  if (!record) {
    if (found?.several.length) status.append(...withElements(gettext("Several trials are called “{name}”: {trials}"), { name: state.trial, trials: found.several.flatMap(({ id, title }, index) => [index ? "; " : "", element("a", { href: `?${new URLSearchParams({ trial: id })}` }, `${id}: ${title}`)]) }));
    else status.textContent = state.trial ? gettext("This catalog has no trial “{name}”.", { name: state.trial }) : gettext("Choose a trial.");
    place.replaceChildren(field, status);
    place.dataset.ready = "";
    return;
  }
  const sites = sitesOf(record), site = sites.find(({ key }) => key === state.site) ?? null;
  const card = sheet(record, site, about);
  const notices = [found.how, state.site && !site ? gettext("This trial has no such site: the card names the contacts of the whole trial.") : ""]
    .filter(Boolean).map((text) => element("p", { class: "card-status", role: "alert" }, text));
  place.replaceChildren(field, controls(state, sites, site), ...notices, status, card);
  document.title = gettext("Pocket card: {trial}", { trial: titleOf(record) });
  await document.fonts.ready;
  const remeasure = () => {
    setPaper(state.paper);
    const { size, left } = fit(card, state.paper), values = { paper: PAPERS[state.paper].label, size: number(size) };
    status.textContent = left ? ngettext("One page of {paper}, criteria at {size} points. {n} of the criteria does not fit: the card says so and leads to the trial’s page.",
      "One page of {paper}, criteria at {size} points. {n} of the criteria do not fit: the card says so and leads to the trial’s page.", left, values)
      : gettext("One page of {paper}, criteria at {size} points, all of them.", values);
  };
  remeasure();
  place.dataset.ready = [idOf(record), site?.key ?? "", state.paper].join(" ");
}

function controls(state, sites, site) {
  const options = (list, chosen) => list.map(([value, text]) => element("option", { value, selected: value === chosen }, text));
  const of = element("select", { id: "card-site" }, options([["", gettext("Contacts of the whole trial")], ...sites.map(({ key, name }) => [key, name])], site?.key ?? ""));
  of.addEventListener("change", async () => {
    await go({ site: of.value });
    document.getElementById("card-site")?.focus();
  });
  const paper = element("select", { id: "card-paper" }, options(Object.entries(PAPERS).map(([key, { name }]) => [key, name]), state.paper));
  paper.addEventListener("change", async () => {
    await go({ paper: paper.value });
    document.getElementById("card-paper")?.focus();
  });
  const print = element("button", { type: "button" }, gettext("Print"));
  print.addEventListener("click", () => window.print());
  return element("div", { class: "card-controls" },
    sites.length ? element("label", { for: "card-site" }, element("span", {}, gettext("Site")), of) : null, element("label", { for: "card-paper" }, element("span", {}, gettext("Paper")), paper), print);
}

/** Return the sites with a key for the address: the name of the organization's page, or the place in the list. */
function sitesOf(record) {
  const seen = new Set();
  return (at(record, `${PLACES}/locations`) ?? []).map((site, index) => {
    const slug = (record.catalogSection?.entities?.[`${PLACES}/locations/${index}/facility`] ?? "").replace(/^organization\//, "");
    const key = slug && !seen.has(slug) ? slug : `site-${index + 1}`;
    seen.add(slug);
    const state = site.status ? ` (${inSentence(words(site.status))})` : "";
    return { key, index, site, name: `${[site.facility ?? gettext("Site without a name"), site.city, site.country].filter(Boolean).join(", ")}${state}` };
  }).sort((a, b) => Number(OPEN.includes(b.site.status)) - Number(OPEN.includes(a.site.status)) || a.name.localeCompare(b.name));
}

function sheet(record, site, about) {
  const state = statusOf(record), names = record.protocolSection?.identificationModule ?? {};
  const dates = [state.asOf && gettext("as of {date}", { date: aged(state.asOf) }), state.verified && gettext("last verified {date}", { date: aged(state.verified) })].filter(Boolean).join(", ");
  return element("article", { class: "card", "aria-label": gettext("Pocket card of {trial}", { trial: shortName(record) }) },
    element("header", { class: "card__head" },
      element("div", {},
        element("p", { class: "card__numbers" }, [names.acronym, ...numbersOf(record)].filter(Boolean).join(" · ") || gettext("no registry number in these documents")),
        element("h2", { class: "card__title" }, names.briefTitle || titleOf(record)),
        element("p", { class: "card__state" }, element("strong", {}, state.label), ` – ${dates || gettext("undated")}`)),
      code(record)),
    element("dl", { class: "card__facts" }, facts(record).map(([label, value, long]) => element("div", { class: long && "card__long" }, element("dt", {}, `${label}: `), element("dd", {}, value))),
      element("div", { class: "card__short" }, element("dt", {}, gettext("Conditions and arms"), ": "), element("dd", {}, gettext("on the trial’s page")))),
    criteria(record),
    element("div", { class: "card__contact" }, contacts(record, site)),
    footer(record, about));
}

const aged = (value) => [date(value), ago(value) && `(${ago(value)})`].filter(Boolean).join(" ");
const gone = (record, ...pointers) => element("em", {}, absent(record, ...pointers).text);

function facts(record) {
  const who = at(record, WHO) ?? {}, design = record.protocolSection?.designModule ?? {}, sponsors = record.protocolSection?.sponsorCollaboratorsModule ?? {};
  const [low, high, loose] = [who.minimumAge, who.maximumAge, record.catalogSection?.ageLimitWithoutBound].map(age);
  const ages = low && high ? gettext("{low} to {high}", { low, high }) : low ? gettext("{age} and older", { age: low }) : high ? gettext("up to {age}", { age: high }) : loose ? gettext("{age} (lowest or highest age not stated)", { age: loose }) : gone(record, `${WHO}/minimumAge`, `${WHO}/maximumAge`);
  const sex = who.sex ? inSentence(words(who.sex)) : gone(record, `${WHO}/sex`);
  const healthy = typeof who.healthyVolunteers === "boolean" ? inSentence(words(who.healthyVolunteers ? "YES" : "NO")) : gone(record, `${WHO}/healthyVolunteers`);
  const kind = [design.studyType && words(design.studyType), design.phases?.length && phase(design.phases)].filter(Boolean).join(", ");
  const conditions = at(record, `${P}/conditionsModule/conditions`) ?? [];
  const lead = sponsors.leadSponsor?.name, unclear = (record.catalogSection?.sponsorsWithoutRole ?? []).map(({ name }) => name).filter(Boolean);
  const party = record.catalogSection?.responsibleParty;
  const sponsor = lead ?? (unclear.length ? gettext("{names} (who leads is not stated)", { names: unclear.join("; ") }) : gone(record, `${P}/sponsorCollaboratorsModule/leadSponsor`));
  return [
    [gettext("Age"), ages], [gettext("Sex"), sex], [gettext("Healthy volunteers"), healthy], [gettext("Kind of study"), kind || gone(record, `${P}/designModule/studyType`)],
    [gettext("Conditions"), some(conditions, MOST_ARMS) || gone(record, `${P}/conditionsModule/conditions`), true],
    [gettext("Arms"), arms(record), true],
    lead || unclear.length || !party ? [gettext("Sponsor"), sponsor] : [gettext("Responsible party"), party],
  ];
}

const more = (left) => ngettext("and {n} more on the trial’s page", "and {n} more on the trial’s page", left);
const some = (list, most, said = more) => [...list.slice(0, most), ...(list.length > most ? [said(list.length - most)] : [])].join("; ");

function arms(record) {
  const module = record.protocolSection?.armsInterventionsModule ?? {}, unnamed = gettext("arm without a label");
  const groups = (module.armGroups ?? []).map((arm) => `${arm.label ?? unnamed}${arm.type ? ` (${inSentence(words(arm.type))})` : ""}`);
  if (groups.length) return some(groups, MOST_ARMS, (left) => ngettext("and {n} arm on the trial’s page", "and {n} arms on the trial’s page", left));
  const given = (module.interventions ?? []).map(({ name }) => name).filter(Boolean);
  return given.length ? [gone(record, `${P}/armsInterventionsModule/armGroups`), "; ", gettext("interventions: {names}", { names: some(given, MOST_ARMS) })] : gone(record, `${P}/armsInterventionsModule/armGroups`);
}

function criteria(record) {
  const pointer = `${WHO}/eligibilityCriteria`, text = at(record, pointer), parts = partCriteria(text ?? "");
  const place = element("div", { class: "card__criteria" });
  const remark = criteriaRemark(record);
  if (!text) place.append(element("p", {}, element("strong", {}, gettext("Criteria"), ": "), gone(record, pointer), remark ? `: ${remark}` : ""));
  const titles = { inclusion: gettext("Inclusion"), exclusion: gettext("Exclusion"), whole: gettext("Inclusion and exclusion, as the document runs them together") };
  for (const [kind, title] of Object.entries(titles)) {
    const blocks = parts[kind], list = criteriaIn(blocks);
    if (!list.length) {
      if (text && !parts.whole.length && kind !== "whole") place.append(element("section", {}, element("h3", {}, title), element("p", {}, element("em", {}, absent(record, pointer).text))));
      continue;
    }
    place.append(element("section", { "data-kind": kind }, element("h3", {}, title), element("ul", {}, list.map(({ lines, heading }) =>
      element("li", { class: heading ? "card__heading" : "card__box" }, lines.map(({ text: line, depth }) => element("span", { class: depth ? "card__inner" : "card__line" }, depth ? `– ${line}` : line))))),
      element("p", { class: "card__left", hidden: true })));
  }
  if (text && remark) place.append(element("p", { class: "card__left" }, gettext("Not all criteria may be here: {remark}", { remark })));
  return place;
}

function contacts(record, chosen) {
  const sites = at(record, `${PLACES}/locations`) ?? [], central = at(record, `${PLACES}/centralContacts`) ?? [];
  const only = !chosen && !central.length && sites.length === 1 ? { index: 0, site: sites[0] } : chosen;
  if (only) {
    const { site, index } = only, people = contactsAt(record, index).slice(0, MOST_CONTACTS), instead = contactInstead(record, index);
    const guessed = [...people, instead].some((one) => one?.isInferred);
    return [element("h3", {}, gettext("Contact at this site")), element("p", {}, element("strong", {}, [site.facility, site.city, site.country].filter(Boolean).join(", ") || gettext("Site without a name")), " – ", site.status ? inSentence(words(site.status)) : gettext("whether it recruits is not stated")),
      ...(people.length ? people.map(({ contact }) => person(contact)) : [element("p", {}, element("em", {}, gettext("This catalog has no contact for this site.")))]),
      ...(instead ? [person(instead.contact, instead.whose)] : []),
      ...(guessed ? [guess()] : [])];
  }
  const loose = record.catalogSection?.contactsWithoutSite ?? [];
  if (central.length) return [element("h3", {}, gettext("Contact for the whole trial")), ...central.slice(0, MOST_CONTACTS).map((item) => person(item))];
  if (loose.length) return [element("h3", {}, gettext("Contacts, at which site is not stated")), ...loose.slice(0, MOST_CONTACTS).map((item) => person(item)), ...(loose.length > MOST_CONTACTS ? [element("p", { class: "card__note" }, more(loose.length - MOST_CONTACTS))] : [])];
  const instead = contactInstead(record, null), none = sites.length ? gettext("This catalog has no contact for the whole trial; those of its sites are on the trial’s page.") : gettext("This catalog has no contact for this trial.");
  return [element("h3", {}, gettext("Contact")), ...(instead ? [person(instead.contact, instead.whose)] : []), element("p", {}, element("em", {}, none)), ...(instead?.isInferred ? [guess()] : [])];
}

const guess = () => element("p", { class: "card__note" }, gettext("That this contact belongs to this site is inferred: the trial’s page says how."));

function person(item, whose = "") {
  const telephone = [item.phone, item.phoneExt && gettext("ext. {number}", { number: item.phoneExt })].filter(Boolean).join(" ");
  const role = item.role && item.role !== "CONTACT" ? inSentence(words(item.role)) : "";
  const parts = [[item.name, role && `(${role})`].filter(Boolean).join(" "), telephone, item.email].filter(Boolean);
  return element("p", {}, whose ? [whose, ": "] : "", parts.length ? parts.join(" · ") : element("em", {}, gettext("contact without a name")));
}

function code(record) {
  const address = pageOf(idOf(record)), made = qrCode(address);
  if (!made) return null;
  const size = made.cells.length, svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
  for (const [name, value] of Object.entries({ viewBox: `-4 -4 ${size + 8} ${size + 8}`, role: "img", "aria-label": gettext("Code that leads to {address}", { address }), class: "card__code", "shape-rendering": "crispEdges" })) svg.setAttribute(name, value);
  path.setAttribute("d", qrPath(made.cells));
  svg.append(path);
  return svg;
}

function footer(record, about) {
  const documents = (record.catalogSection?.documents ?? []).map(({ path, asOf }) => `${path}${asOf ? ` (${gettext("as of {date}", { date: date(asOf) })})` : ""}`);
  const from = some(documents, 2, (left) => ngettext("and {n} document on the trial’s page", "and {n} documents on the trial’s page", left));
  const today = new Date(), two = (part) => String(part).padStart(2, "0");
  const printed = date(`${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`);
  return element("footer", { class: "card__foot" },
    element("p", {}, element("strong", {}, gettext("Not medical advice."), " "), withElements(gettext("Printed {date}; the trial’s page may have changed since: {address}"), {
      date: printed, address: element("span", { class: "card__address" }, pageOf(idOf(record))) })),
    element("p", {}, [gettext("From {documents}", { documents: from }), about?.version && gettext("catalog version {version}", { version: about.version })].filter(Boolean).join("; "), ". ",
      gettext("Every value stands on that page with its source.")));
}
