/* What is compared, section by section: the fields of a record as the trial's page calls and orders them. */

import { criteriaIn, parse, partCriteria } from "../study/criteria.js";
import { absent, at, numbersOf, statusOf } from "../study/record.js";
import { age, date, phase, words } from "../study/words.js";
import { count, number } from "../search/site.js";

const P = "/protocolSection";
const STATUS = `${P}/statusModule`, DESIGN = `${P}/designModule`, INFO = `${DESIGN}/designInfo`, WHO = `${P}/eligibilityModule`;
const ARMS = `${P}/armsInterventionsModule`, OUTCOMES = `${P}/outcomesModule`, SPONSORS = `${P}/sponsorCollaboratorsModule`;
const PLACES = `${P}/contactsLocationsModule`, CRITERIA = `${WHO}/eligibilityCriteria`;

const one = (label, pointer, say = String) => ({ label, value: (record) => {
  const value = at(record, pointer);
  return value === undefined || value === "" ? { absent: absent(record, pointer) } : { text: say(value) };
} });
const many = (label, pointer, say = String, ...pointers) => ({ label, value: (record) => {
  const values = at(record, pointer) ?? [];
  if (!values.length) return { absent: absent(record, pointer, ...pointers) };
  const entity = (index) => record.catalogSection?.entities?.[`${pointer}/${index}`] ?? record.catalogSection?.entities?.[`${pointer}/${index}/name`];
  return { items: values.map(say), keys: values.map((item, index) => entity(index) ?? say(item).toLowerCase()) };
} });
const stated = (row) => ({ ...row, onlyIfStated: true });
const yes = (value) => (value ? "Yes" : "No");
const sentence = (...parts) => parts.filter(Boolean).join(" – ");

const dated = (label, pointer) => ({ label, value: (record) => {
  const value = at(record, pointer);
  return value?.date ? { text: `${date(value.date)}${value.type ? ` (${words(value.type).toLowerCase()})` : ""}` } : { absent: absent(record, pointer, `${pointer}/date`) };
} });
const aged = (value) => `${date(value)}${age(value) ? ` (${age(value)})` : ""}`;

const outcome = (item) => sentence(item.measure ?? "Without a name", item.timeFrame && `time frame: ${item.timeFrame}`);
const organization = (item) => `${item.name ?? "Without a name"}${item.class ? ` (${words(item.class)})` : ""}`;
const bare = (name) => name.replace(/^[^:]{3,30}: /, "");

function countries(record) {
  const sites = at(record, `${PLACES}/locations`) ?? [], found = new Map();
  for (const site of sites) {
    const country = site.country || "Country not stated", known = found.get(country) ?? { sites: 0, open: 0 };
    found.set(country, { sites: known.sites + 1, open: known.open + (site.status === "RECRUITING" ? 1 : 0) });
  }
  const items = [...found].sort((a, b) => b[1].sites - a[1].sites || a[0].localeCompare(b[0]))
    .map(([country, { sites: all, open }]) => `${country}: ${count(all, "site")}${open ? `, ${number(open)} ${open === 1 ? "states" : "state"} to recruit` : ""}`);
  const listed = (record.catalogSection?.countries ?? []).filter((country) => !found.has(country));
  items.push(...listed);
  return items.length ? { items } : { absent: absent(record, `${PLACES}/locations`, "/catalogSection/countries") };
}

/** The sections: title, the anchor of the section on a trial's page, and rows. */
export const SECTIONS = [
  { title: "Status and dates", anchor: "dates", rows: [
    { label: "Status", value: (record) => (at(record, `${STATUS}/overallStatus`) ? { status: statusOf(record) } : { absent: absent(record, `${STATUS}/overallStatus`) }) },
    stated(one("Last known status", `${STATUS}/lastKnownStatus`, words)),
    stated(one("Why stopped", `${STATUS}/whyStopped`)),
    { label: "Documents as of", value: (record) => { const { asOf } = statusOf(record); return asOf ? { text: aged(asOf) } : { absent: absent(record) }; } },
    one("Status last verified", `${STATUS}/statusVerifiedDate`, aged),
    dated("Start", `${STATUS}/startDateStruct`),
    dated("Primary completion", `${STATUS}/primaryCompletionDateStruct`),
    dated("Completion", `${STATUS}/completionDateStruct`),
    { label: "Results", value: (record) => {
      if (record.resultsSection) return { text: "in this catalog" };
      if (typeof record.hasResults === "boolean") return { text: record.hasResults ? "posted" : "not posted" };
      return { absent: absent(record, "/resultsSection", "/hasResults") };
    } },
  ] },
  { title: "Study design", anchor: "study-design", rows: [
    one("Kind of study", `${DESIGN}/studyType`, words),
    { label: "Phase", value: (record) => { const phases = at(record, `${DESIGN}/phases`) ?? []; return phases.length ? { text: phase(phases) } : { absent: absent(record, `${DESIGN}/phases`) }; } },
    { label: "Participants", value: (record) => {
      const info = at(record, `${DESIGN}/enrollmentInfo`);
      return typeof info?.count === "number" ? { text: `${number(info.count)}${info.type ? ` (${words(info.type).toLowerCase()})` : ""}` } : { absent: absent(record, `${DESIGN}/enrollmentInfo/count`, `${DESIGN}/enrollmentInfo`) };
    } },
    one("Allocation", `${INFO}/allocation`, words),
    one("Model", `${INFO}/interventionModel`, words),
    stated(one("Observational model", `${INFO}/observationalModel`, words)),
    stated(one("Time perspective", `${INFO}/timePerspective`, words)),
    one("Masking", `${INFO}/maskingInfo/masking`, words),
    stated(many("Who is masked", `${INFO}/maskingInfo/whoMasked`, words)),
    one("Primary purpose", `${INFO}/primaryPurpose`, words),
  ] },
  { title: "Conditions, arms and interventions", anchor: "arms-and-interventions", rows: [
    { ...many("Conditions", `${P}/conditionsModule/conditions`), anchor: "in-short" },
    many("Interventions", `${ARMS}/interventions`, (item) => sentence(`${item.name ?? "Without a name"}${item.type ? ` (${words(item.type).toLowerCase()})` : ""}`, item.otherNames?.length && `also called ${item.otherNames.join(", ")}`)),
    many("Arms", `${ARMS}/armGroups`, (arm) => sentence(`${arm.label ?? "Arm without a label"}${arm.type ? ` (${words(arm.type).toLowerCase()})` : ""}`, arm.interventionNames?.length && `given: ${arm.interventionNames.map(bare).join(", ")}`)),
  ] },
  { title: "Who can take part", anchor: "who-can-take-part", rows: [
    one("Minimum age", `${WHO}/minimumAge`),
    one("Maximum age", `${WHO}/maximumAge`),
    stated(one("Age limit, lowest or highest not stated", "/catalogSection/ageLimitWithoutBound")),
    one("Sex", `${WHO}/sex`, words),
    one("Healthy volunteers", `${WHO}/healthyVolunteers`, yes),
    stated(one("Study population", `${WHO}/studyPopulation`)),
  ], criteria: true },
  { title: "What is measured", anchor: "what-is-measured", rows: [
    many("Primary outcomes", `${OUTCOMES}/primaryOutcomes`, outcome),
    many("Secondary outcomes", `${OUTCOMES}/secondaryOutcomes`, outcome),
    stated(many("Other outcomes", `${OUTCOMES}/otherOutcomes`, outcome)),
    stated(many("Outcomes, type not stated", "/catalogSection/outcomesWithoutType", outcome)),
  ] },
  { title: "Sponsors and people", anchor: "sponsors-and-people", rows: [
    { label: "Lead sponsor", value: (record) => { const lead = at(record, `${SPONSORS}/leadSponsor`); return lead?.name ? { text: organization(lead) } : { absent: absent(record, `${SPONSORS}/leadSponsor`) }; } },
    many("Collaborators", `${SPONSORS}/collaborators`, organization),
    stated(many("Sponsors, role not stated", "/catalogSection/sponsorsWithoutRole", organization)),
    stated({ label: "Responsible party", value: (record) => {
      const party = at(record, `${SPONSORS}/responsibleParty`) ?? {}, printed = record.catalogSection?.responsibleParty;
      const text = [party.type && words(party.type), party.investigatorFullName, party.oldNameTitle, party.investigatorTitle,
        party.investigatorAffiliation, party.oldOrganization, printed && `${printed} (in which capacity not stated)`].filter(Boolean).join(", ");
      return text ? { text } : { absent: absent(record, `${SPONSORS}/responsibleParty`) };
    } }),
    stated(many("Officials", `${PLACES}/overallOfficials`, (item) => sentence([item.name, item.role && `(${words(item.role).toLowerCase()})`].filter(Boolean).join(" "), item.affiliation))),
  ] },
  { title: "Sites", anchor: "sites-and-contacts", rows: [
    { label: "Number of sites", value: (record) => { const sites = at(record, `${PLACES}/locations`) ?? []; return sites.length ? { text: number(sites.length) } : { absent: absent(record, `${PLACES}/locations`) }; } },
    { label: "Countries", value: countries },
  ] },
  { title: "Summary", anchor: "summary", rows: [
    { label: "Summary", whole: true, value: (record) => { const text = at(record, `${P}/descriptionModule/briefSummary`); return text ? { items: parse(text).flatMap((block) => criteriaIn([block]).map(({ lines }) => lines.map((line) => line.text).join(" "))), prose: true } : { absent: absent(record, `${P}/descriptionModule/briefSummary`) }; } },
    stated(many("What the trial wants to find out", "/catalogSection/objectives")),
  ] },
  { title: "Identifiers and documents", anchor: "identifiers", rows: [
    { label: "Registry numbers", value: (record) => { const numbers = numbersOf(record); return numbers.length ? { items: numbers } : { absent: absent(record) }; } },
    { ...many("Documents", "/catalogSection/documents", (item) => item.path), anchor: "documents" },
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
