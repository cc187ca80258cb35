/* What is compared, section by section: the fields of a record as the trial's page calls and orders them. */

import { age, ago, gettext, inSentence, ngettext, number } from "../language.js";
import { criteriaIn, parse, partCriteria } from "../study/criteria.js";
import { absent, at, numbersOf, statusOf } from "../study/record.js";
import { date, phase, words } from "../study/words.js";

const P = "/protocolSection";
const STATUS = `${P}/statusModule`, DESIGN = `${P}/designModule`, INFO = `${DESIGN}/designInfo`, WHO = `${P}/eligibilityModule`;
const ARMS = `${P}/armsInterventionsModule`, OUTCOMES = `${P}/outcomesModule`, SPONSORS = `${P}/sponsorCollaboratorsModule`;
const PLACES = `${P}/contactsLocationsModule`, CRITERIA = `${WHO}/eligibilityCriteria`;

const one = (label, pointer, say = (value) => String(value)) => ({ label, value: (record) => {
  const value = at(record, pointer);
  return value === undefined || value === "" ? { absent: absent(record, pointer) } : { text: say(value) };
} });
const many = (label, pointer, say = (value) => String(value), ...pointers) => ({ label, value: (record) => {
  const values = at(record, pointer) ?? [];
  if (!values.length) return { absent: absent(record, pointer, ...pointers) };
  const entity = (index) => record.catalogSection?.entities?.[`${pointer}/${index}`] ?? record.catalogSection?.entities?.[`${pointer}/${index}/name`];
  return { items: values.map(say), keys: values.map((item, index) => entity(index) ?? say(item).toLowerCase()) };
} });
const stated = (row) => ({ ...row, onlyIfStated: true });
const yes = (value) => words(value ? "YES" : "NO");
const joined = (...parts) => parts.filter(Boolean).join(" – ");
/** Return a text with what a code says of it in brackets. */
const noted = (text, code) => (code ? `${text} (${inSentence(words(code))})` : text);

const dated = (label, pointer) => ({ label, value: (record) => {
  const value = at(record, pointer);
  return value?.date ? { text: noted(date(value.date), value.type) } : { absent: absent(record, pointer, `${pointer}/date`) };
} });
const aged = (value) => [date(value), ago(value) && `(${ago(value)})`].filter(Boolean).join(" ");

const outcome = (item) => joined(item.measure ?? gettext("Without a name"), item.timeFrame && gettext("time frame: {text}", { text: item.timeFrame }));
const organization = (item) => `${item.name ?? gettext("Without a name")}${item.class ? ` (${words(item.class)})` : ""}`;
const bare = (name) => name.replace(/^[^:]{3,30}: /, "");

function countries(record) {
  const sites = at(record, `${PLACES}/locations`) ?? [], found = new Map();
  for (const site of sites) {
    const country = site.country || gettext("Country not stated"), known = found.get(country) ?? { sites: 0, open: 0 };
    found.set(country, { sites: known.sites + 1, open: known.open + (site.status === "RECRUITING" ? 1 : 0) });
  }
  const items = [...found].sort((a, b) => b[1].sites - a[1].sites || a[0].localeCompare(b[0]))
    .map(([country, { sites: all, open }]) => {
      const said = { country, sites: ngettext("{n} site", "{n} sites", all) };
      return open ? ngettext("{country}: {sites}, {n} states to recruit", "{country}: {sites}, {n} state to recruit", open, said) : gettext("{country}: {sites}", said);
    });
  const listed = (record.catalogSection?.countries ?? []).filter((country) => !found.has(country));
  items.push(...listed);
  return items.length ? { items } : { absent: absent(record, `${PLACES}/locations`, "/catalogSection/countries") };
}

/** The sections: title, the anchor of the section on a trial's page, and rows. */
export const SECTIONS = [
  { title: gettext("Status and dates"), anchor: "dates", rows: [
    { label: gettext("Status"), value: (record) => (at(record, `${STATUS}/overallStatus`) ? { status: statusOf(record) } : { absent: absent(record, `${STATUS}/overallStatus`) }) },
    stated(one(gettext("Last known status"), `${STATUS}/lastKnownStatus`, words)),
    stated(one(gettext("Why stopped"), `${STATUS}/whyStopped`)),
    { label: gettext("Documents as of"), value: (record) => { const { asOf } = statusOf(record); return asOf ? { text: aged(asOf) } : { absent: absent(record) }; } },
    one(gettext("Status last verified"), `${STATUS}/statusVerifiedDate`, aged),
    dated(gettext("Start"), `${STATUS}/startDateStruct`),
    dated(gettext("Primary completion"), `${STATUS}/primaryCompletionDateStruct`),
    dated(gettext("Completion"), `${STATUS}/completionDateStruct`),
    { label: gettext("Results"), value: (record) => {
      if (record.resultsSection) return { text: gettext("in this catalog") };
      if (typeof record.hasResults === "boolean") return { text: record.hasResults ? gettext("posted") : gettext("not posted") };
      return { absent: absent(record, "/resultsSection", "/hasResults") };
    } },
  ] },
  { title: gettext("Study design"), anchor: "study-design", rows: [
    one(gettext("Kind of study"), `${DESIGN}/studyType`, words),
    { label: gettext("Phase"), value: (record) => { const phases = at(record, `${DESIGN}/phases`) ?? []; return phases.length ? { text: phase(phases) } : { absent: absent(record, `${DESIGN}/phases`) }; } },
    { label: gettext("Participants"), value: (record) => {
      const info = at(record, `${DESIGN}/enrollmentInfo`);
      return typeof info?.count === "number" ? { text: noted(number(info.count), info.type) } : { absent: absent(record, `${DESIGN}/enrollmentInfo/count`, `${DESIGN}/enrollmentInfo`) };
    } },
    one(gettext("Allocation"), `${INFO}/allocation`, words),
    one(gettext("Model"), `${INFO}/interventionModel`, words),
    stated(one(gettext("Observational model"), `${INFO}/observationalModel`, words)),
    stated(one(gettext("Time perspective"), `${INFO}/timePerspective`, words)),
    one(gettext("Masking"), `${INFO}/maskingInfo/masking`, words),
    stated(many(gettext("Who is masked"), `${INFO}/maskingInfo/whoMasked`, words)),
    one(gettext("Primary purpose"), `${INFO}/primaryPurpose`, words),
  ] },
  { title: gettext("Conditions, arms and interventions"), anchor: "arms-and-interventions", rows: [
    { ...many(gettext("Conditions"), `${P}/conditionsModule/conditions`), anchor: "in-short" },
    many(gettext("Interventions"), `${ARMS}/interventions`, (item) => joined(noted(item.name ?? gettext("Without a name"), item.type), item.otherNames?.length && gettext("also called {names}", { names: item.otherNames.join(", ") }))),
    many(gettext("Arms"), `${ARMS}/armGroups`, (arm) => joined(noted(arm.label ?? gettext("Arm without a label"), arm.type), arm.interventionNames?.length && gettext("given: {names}", { names: arm.interventionNames.map(bare).join(", ") }))),
  ] },
  { title: gettext("Who can take part"), anchor: "who-can-take-part", rows: [
    one(gettext("Minimum age"), `${WHO}/minimumAge`, age),
    one(gettext("Maximum age"), `${WHO}/maximumAge`, age),
    stated(one(gettext("Age limit, lowest or highest not stated"), "/catalogSection/ageLimitWithoutBound")),
    one(gettext("Sex"), `${WHO}/sex`, words),
    one(gettext("Healthy volunteers"), `${WHO}/healthyVolunteers`, yes),
    stated(one(gettext("Study population"), `${WHO}/studyPopulation`)),
  ], criteria: true },
  { title: gettext("What is measured"), anchor: "what-is-measured", rows: [
    many(gettext("Primary outcomes"), `${OUTCOMES}/primaryOutcomes`, outcome),
    many(gettext("Secondary outcomes"), `${OUTCOMES}/secondaryOutcomes`, outcome),
    stated(many(gettext("Other outcomes"), `${OUTCOMES}/otherOutcomes`, outcome)),
    stated(many(gettext("Outcomes, type not stated"), "/catalogSection/outcomesWithoutType", outcome)),
  ] },
  { title: gettext("Sponsors and people"), anchor: "sponsors-and-people", rows: [
    { label: gettext("Lead sponsor"), value: (record) => { const lead = at(record, `${SPONSORS}/leadSponsor`); return lead?.name ? { text: organization(lead) } : { absent: absent(record, `${SPONSORS}/leadSponsor`) }; } },
    many(gettext("Collaborators"), `${SPONSORS}/collaborators`, organization),
    stated(many(gettext("Sponsors, role not stated"), "/catalogSection/sponsorsWithoutRole", organization)),
    stated({ label: gettext("Responsible party"), value: (record) => {
      const party = at(record, `${SPONSORS}/responsibleParty`) ?? {}, printed = record.catalogSection?.responsibleParty;
      const text = [party.type && words(party.type), party.investigatorFullName, party.oldNameTitle, party.investigatorTitle,
        party.investigatorAffiliation, party.oldOrganization, printed && gettext("{name} (in which capacity not stated)", { name: printed })].filter(Boolean).join(", ");
      return text ? { text } : { absent: absent(record, `${SPONSORS}/responsibleParty`) };
    } }),
    stated(many(gettext("Officials"), `${PLACES}/overallOfficials`, (item) => joined([item.name, item.role && `(${inSentence(words(item.role))})`].filter(Boolean).join(" "), item.affiliation))),
  ] },
  { title: gettext("Sites"), anchor: "sites-and-contacts", rows: [
    { label: gettext("Number of sites"), value: (record) => { const sites = at(record, `${PLACES}/locations`) ?? []; return sites.length ? { text: number(sites.length) } : { absent: absent(record, `${PLACES}/locations`) }; } },
    { label: gettext("Countries"), value: countries },
  ] },
  { title: gettext("Summary"), anchor: "summary", rows: [
    { label: gettext("Summary"), whole: true, value: (record) => { const text = at(record, `${P}/descriptionModule/briefSummary`); return text ? { items: parse(text).flatMap((block) => criteriaIn([block]).map(({ lines }) => lines.map((line) => line.text).join(" "))), prose: true } : { absent: absent(record, `${P}/descriptionModule/briefSummary`) }; } },
    stated(many(gettext("What the trial wants to find out"), "/catalogSection/objectives")),
  ] },
  { title: gettext("Identifiers and documents"), anchor: "identifiers", rows: [
    { label: gettext("Registry numbers"), value: (record) => { const numbers = numbersOf(record); return numbers.length ? { items: numbers } : { absent: absent(record) }; } },
    { ...many(gettext("Documents"), "/catalogSection/documents", (item) => item.path), anchor: "documents" },
  ] },
];

/** Return the criteria of a record: texts of the inclusion, of the exclusion, and of what does not part itself. */
export function criteriaOf(record) {
  const parts = partCriteria(at(record, CRITERIA) ?? "");
  const texts = (blocks) => criteriaIn(blocks).map(({ lines }) => lines.map(({ text, depth }) => `${"    ".repeat(depth)}${depth ? "– " : ""}${text}`).join("\n"));
  return { inclusion: texts(parts.inclusion), exclusion: texts(parts.exclusion), whole: texts(parts.whole) };
}

/** Return why a record has no criteria of a kind. */
export const noCriteria = (record) => absent(record, CRITERIA);
