/* The pocket card: one trial on one sheet of paper.  The address holds all of its state. */

import { catalog, element } from "../search/site.js";
import { criteriaIn, partCriteria } from "../study/criteria.js";
import { absent, asId, at, criteriaRemark, idOf, inferred, numbersOf, pageOf, shortName, statusOf, findStudy, titleOf } from "../study/record.js";
import { age, date, phase, words } from "../study/words.js";
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
  const field = picker("card-trial", record ? "Another trial" : "Trial", "Show", async (id) => {
    await go({ trial: id, site: "" });
    place.querySelector("select")?.focus();
  });
  const status = element("p", { class: "card-status", role: "status" });
  if (!record) {
    if (found?.several.length) status.append(`Several trials are called “${state.trial}”: `, ...found.several.flatMap(({ id, title }, index) => [index ? "; " : "", element("a", { href: `?${new URLSearchParams({ trial: id })}` }, `${id}: ${title}`)]));
    else status.textContent = state.trial ? `This catalog has no trial “${state.trial}”.` : "Choose a trial.";
    place.replaceChildren(field, status);
    place.dataset.ready = "";
    return;
  }
  const sites = sitesOf(record), site = sites.find(({ key }) => key === state.site) ?? null;
  const card = sheet(record, site, about);
  const notices = [found.how, state.site && !site ? "This trial has no such site: the card names the contacts of the whole trial." : ""]
    .filter(Boolean).map((text) => element("p", { class: "card-status", role: "alert" }, text));
  place.replaceChildren(field, controls(state, sites, site), ...notices, status, card);
  document.title = `Pocket card: ${titleOf(record)}`;
  await document.fonts.ready;
  const remeasure = () => {
    setPaper(state.paper);
    const { size, left } = fit(card, state.paper);
    status.textContent = left ? `One page of ${PAPERS[state.paper].label}, criteria at ${size} points. ${left} of the criteria do not fit: the card says so and leads to the trial’s page.`
      : `One page of ${PAPERS[state.paper].label}, criteria at ${size} points, all of them.`;
  };
  remeasure();
  place.dataset.ready = [idOf(record), site?.key ?? "", state.paper].join(" ");
}

function controls(state, sites, site) {
  const options = (list, chosen) => list.map(([value, text]) => element("option", { value, selected: value === chosen }, text));
  const of = element("select", { id: "card-site" }, options([["", "Contacts of the whole trial"], ...sites.map(({ key, name }) => [key, name])], site?.key ?? ""));
  of.addEventListener("change", async () => {
    await go({ site: of.value });
    document.getElementById("card-site")?.focus();
  });
  const paper = element("select", { id: "card-paper" }, options(Object.entries(PAPERS).map(([key, { label, hint }]) => [key, `${label}${hint}`]), state.paper));
  paper.addEventListener("change", async () => {
    await go({ paper: paper.value });
    document.getElementById("card-paper")?.focus();
  });
  const print = element("button", { type: "button" }, "Print");
  print.addEventListener("click", () => window.print());
  return element("div", { class: "card-controls" },
    sites.length ? element("label", { for: "card-site" }, element("span", {}, "Site"), of) : null, element("label", { for: "card-paper" }, element("span", {}, "Paper"), paper), print);
}

/** Return the sites with a key for the address: the name of the organization's page, or the place in the list. */
function sitesOf(record) {
  const seen = new Set();
  return (at(record, `${PLACES}/locations`) ?? []).map((site, index) => {
    const slug = (record.catalogSection?.entities?.[`${PLACES}/locations/${index}/facility`] ?? "").replace(/^organization\//, "");
    const key = slug && !seen.has(slug) ? slug : `site-${index + 1}`;
    seen.add(slug);
    const state = site.status ? ` (${words(site.status).toLowerCase()})` : "";
    return { key, index, site, name: `${[site.facility ?? "Site without a name", site.city, site.country].filter(Boolean).join(", ")}${state}` };
  }).sort((a, b) => OPEN.includes(b.site.status) - OPEN.includes(a.site.status) || a.name.localeCompare(b.name));
}

function sheet(record, site, about) {
  const state = statusOf(record), names = record.protocolSection?.identificationModule ?? {};
  const dates = [state.asOf && `as of ${aged(state.asOf)}`, state.verified && `last verified ${aged(state.verified)}`].filter(Boolean).join(", ");
  return element("article", { class: "card", "aria-label": `Pocket card of ${shortName(record)}` },
    element("header", { class: "card__head" },
      element("div", {},
        element("p", { class: "card__numbers" }, [names.acronym, ...numbersOf(record)].filter(Boolean).join(" · ") || "no registry number in these documents"),
        element("h2", { class: "card__title" }, names.briefTitle || titleOf(record)),
        element("p", { class: "card__state" }, element("strong", {}, state.label), ` ${dates ? `– ${dates}` : "– undated"}`)),
      code(record)),
    element("dl", { class: "card__facts" }, facts(record).map(([label, value, long]) => element("div", { class: long && "card__long" }, element("dt", {}, `${label}: `), element("dd", {}, value))),
      element("div", { class: "card__short" }, element("dt", {}, "Conditions and arms: "), element("dd", {}, "on the trial’s page"))),
    criteria(record),
    element("div", { class: "card__contact" }, contacts(record, site)),
    footer(record, about));
}

const aged = (value) => `${date(value)}${age(value) ? ` (${age(value)})` : ""}`;
const gone = (record, ...pointers) => element("em", {}, absent(record, ...pointers).text);

function facts(record) {
  const who = at(record, WHO) ?? {}, design = record.protocolSection?.designModule ?? {}, sponsors = record.protocolSection?.sponsorCollaboratorsModule ?? {};
  const low = who.minimumAge, high = who.maximumAge, loose = record.catalogSection?.ageLimitWithoutBound;
  const ages = low && high ? `${low} to ${high}` : low ? `${low} and older` : high ? `up to ${high}` : loose ? `${loose} (lowest or highest age not stated)` : gone(record, `${WHO}/minimumAge`, `${WHO}/maximumAge`);
  const sex = who.sex ? (who.sex === "ALL" ? "all" : words(who.sex).toLowerCase()) : gone(record, `${WHO}/sex`);
  const healthy = typeof who.healthyVolunteers === "boolean" ? (who.healthyVolunteers ? "yes" : "no") : gone(record, `${WHO}/healthyVolunteers`);
  const kind = [design.studyType && words(design.studyType), design.phases?.length && phase(design.phases)].filter(Boolean).join(", ");
  const conditions = at(record, `${P}/conditionsModule/conditions`) ?? [];
  const lead = sponsors.leadSponsor?.name, unclear = (record.catalogSection?.sponsorsWithoutRole ?? []).map(({ name }) => name).filter(Boolean);
  const party = record.catalogSection?.responsibleParty;
  const sponsor = lead ?? (unclear.length ? `${unclear.join("; ")} (who leads is not stated)` : gone(record, `${P}/sponsorCollaboratorsModule/leadSponsor`));
  return [
    ["Age", ages], ["Sex", sex], ["Healthy volunteers", healthy], ["Kind of study", kind || gone(record, `${P}/designModule/studyType`)],
    ["Conditions", some(conditions, MOST_ARMS, "more") || gone(record, `${P}/conditionsModule/conditions`), true],
    ["Arms", arms(record), true],
    lead || unclear.length || !party ? ["Sponsor", sponsor] : ["Responsible party", party],
  ];
}

const some = (list, most, more) => [...list.slice(0, most), ...(list.length > most ? [`and ${list.length - most} ${more} on the trial’s page`] : [])].join("; ");

function arms(record) {
  const module = record.protocolSection?.armsInterventionsModule ?? {};
  const groups = (module.armGroups ?? []).map((arm) => `${arm.label ?? "arm without a label"}${arm.type ? ` (${words(arm.type).toLowerCase()})` : ""}`);
  if (groups.length) return some(groups, MOST_ARMS, "arms");
  const given = (module.interventions ?? []).map(({ name }) => name).filter(Boolean);
  return given.length ? [gone(record, `${P}/armsInterventionsModule/armGroups`), `; interventions: ${some(given, MOST_ARMS, "more")}`] : gone(record, `${P}/armsInterventionsModule/armGroups`);
}

function criteria(record) {
  const pointer = `${WHO}/eligibilityCriteria`, text = at(record, pointer), parts = partCriteria(text ?? "");
  const place = element("div", { class: "card__criteria" });
  const remark = criteriaRemark(record);
  if (!text) place.append(element("p", {}, element("strong", {}, "Criteria: "), gone(record, pointer), remark ? `: ${remark}` : ""));
  for (const [title, blocks] of [["Inclusion", parts.inclusion], ["Exclusion", parts.exclusion], ["Inclusion and exclusion, as the document runs them together", parts.whole]]) {
    const list = criteriaIn(blocks);
    if (!list.length) {
      if (text && !parts.whole.length && blocks !== parts.whole) place.append(element("section", {}, element("h3", {}, title), element("p", {}, element("em", {}, absent(record, pointer).text))));
      continue;
    }
    const kind = title.split(" ").length > 1 ? "criteria" : `${title.toLowerCase()} criteria`;
    place.append(element("section", { "data-kind": kind }, element("h3", {}, title), element("ul", {}, list.map(({ lines, heading }) =>
      element("li", { class: heading ? "card__heading" : "card__box" }, lines.map(({ text: line, depth }) => element("span", { class: depth ? "card__inner" : "card__line" }, depth ? `– ${line}` : line))))),
      element("p", { class: "card__left", hidden: true })));
  }
  if (text && remark) place.append(element("p", { class: "card__left" }, `Not all criteria may be here: ${remark}`));
  return place;
}

function contacts(record, chosen) {
  const sites = at(record, `${PLACES}/locations`) ?? [], central = at(record, `${PLACES}/centralContacts`) ?? [];
  const only = !chosen && !central.length && sites.length === 1 ? { index: 0, site: sites[0] } : chosen;
  if (only) {
    const { site, index } = only, people = site.contacts ?? [];
    const guessed = people.some((_, number) => inferred(record, `${PLACES}/locations/${index}/contacts/${number}`));
    return [element("h3", {}, "Contact at this site"), element("p", {}, element("strong", {}, [site.facility, site.city, site.country].filter(Boolean).join(", ") || "Site without a name"), site.status ? ` – ${words(site.status).toLowerCase()}` : " – whether it recruits is not stated"),
      ...(people.length ? people.slice(0, MOST_CONTACTS).map((item) => person(item)) : [element("p", {}, element("em", {}, "This catalog has no contact for this site."))]),
      ...(people.some(({ phone, email }) => phone || email) ? [] : central.slice(0, 1).map((item) => person(item, "whole trial"))),
      ...(guessed ? [element("p", { class: "card__note" }, "That this contact belongs to this site is inferred: the trial’s page says how.")] : [])];
  }
  const loose = record.catalogSection?.contactsWithoutSite ?? [];
  if (central.length) return [element("h3", {}, "Contact for the whole trial"), ...central.slice(0, MOST_CONTACTS).map((item) => person(item))];
  if (loose.length) return [element("h3", {}, "Contacts, at which site is not stated"), ...loose.slice(0, MOST_CONTACTS).map((item) => person(item)), ...(loose.length > MOST_CONTACTS ? [element("p", { class: "card__note" }, `and ${loose.length - MOST_CONTACTS} more on the trial’s page`)] : [])];
  return [element("h3", {}, "Contact"), element("p", {}, element("em", {}, sites.length ? "This catalog has no contact for the whole trial; those of its sites are on the trial’s page." : "This catalog has no contact for this trial."))];
}


function person(item, whose = "") {
  const number = [item.phone, item.phoneExt && `ext. ${item.phoneExt}`].filter(Boolean).join(" ");
  const role = item.role && item.role !== "CONTACT" ? words(item.role).toLowerCase() : "";
  const parts = [[item.name, role && `(${role})`].filter(Boolean).join(" "), number, item.email].filter(Boolean);
  return element("p", {}, whose ? `For the ${whose}: ` : "", parts.length ? parts.join(" · ") : element("em", {}, "contact without a name"));
}

function code(record) {
  const address = pageOf(idOf(record)), made = qrCode(address);
  if (!made) return null;
  const size = made.cells.length, svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), path = document.createElementNS(svg.namespaceURI, "path");
  for (const [name, value] of Object.entries({ viewBox: `-4 -4 ${size + 8} ${size + 8}`, role: "img", "aria-label": `Code that leads to ${address}`, class: "card__code", "shape-rendering": "crispEdges" })) svg.setAttribute(name, value);
  path.setAttribute("d", qrPath(made.cells));
  svg.append(path);
  return svg;
}

function footer(record, about) {
  const documents = (record.catalogSection?.documents ?? []).map(({ path, asOf }) => `${path}${asOf ? ` (as of ${date(asOf)})` : ""}`);
  const today = new Date(), two = (number) => String(number).padStart(2, "0");
  const printed = date(`${today.getFullYear()}-${two(today.getMonth() + 1)}-${two(today.getDate())}`);
  return element("footer", { class: "card__foot" },
    element("p", {}, element("strong", {}, "Not medical advice. "), `Printed ${printed}; the trial’s page may have changed since: `, element("span", { class: "card__address" }, pageOf(idOf(record)))),
    element("p", {}, [`From ${some(documents, 2, "documents")}`, about?.version && `catalog version ${about.version}`].filter(Boolean).join("; "), ". Every value stands on that page with its source."));
}
