/* One trial's record, its page, and what all views of a record need to know about it. */

import { gettext } from "../language.js";
import { catalog, load, root } from "../search/site.js";
import { status } from "./words.js";

const CRITERIA = "/protocolSection/eligibilityModule/eligibilityCriteria", PLACES = "/protocolSection/contactsLocationsModule";

/** Return the JSON of the study with this id, or null where the catalog has none. */
export const studyJson = async (id) => (await load(`api/v2/studies/${encodeURIComponent(id)}.json`)) ?? null;

/** Return text as it stands in addresses: lower-case ASCII letters, digits and single hyphens. */
export const slug = (text) => text.normalize("NFKD").replace(/[^\u0000-\u007f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");

/** Return the address of a trial's page, and of a section of it. */
export const pageOf = (id, section = "") => new URL(`trials/${slug(id)}/${section ? `#${section}` : ""}`, root).href;

/** Return a typed number as the catalog writes ids: "nct 0677 4235" is NCT06774235. */
export function asId(typed) {
  const text = typed.trim(), digits = /^nct[\s:#._-]*((?:\d[\s-]?){7}\d)$/i.exec(text);
  return digits ? `NCT${digits[1].replace(/\D/g, "")}` : text.slice(0, 100);
}

/**
 * Find the trial with this id, number, acronym or former id.  Returns its record, or null; where it goes by another id
 * here, how it was found; and where several trials are called so, their ids and titles.
 */
export async function findStudy(asked) {
  const typed = asId(asked), nothing = { asked: typed, record: null, how: "", several: [] };
  if (!typed || /[/\\?#%<>]|^\.+$/.test(typed)) return nothing;
  const found = await trialsCalled(typed), own = found.find(({ path }) => path === slug(typed));
  if (!own && found.length > 1) return { ...nothing, several: found };
  const known = own ?? found[0], isNumber = /^NCT\d{8}$/.test(typed);
  if (!known && isNumber && (await catalog())) return nothing; // the index has them all
  const record = await studyJson(known?.id ?? typed);
  return record ? { ...nothing, record, how: howFound(typed, record) } : nothing;
}

/** Return the ids, titles and paths of the trials that go by a number or name, as far as the search knows it. */
async function trialsCalled(text) {
  if (!(await catalog())) return [];
  const { lookUp } = await import("../search/names.js");
  return (await lookUp(text)).names.filter(({ kind, score, url }) => kind === "trial" && (score >= 99 || url === `trials/${slug(text)}/`)).map(({ url, others, title }) => {
    const path = url.replace(/^trials\/|\/$/g, "");
    return { path, title, id: others.find((number) => slug(number) === path) ?? path };
  });
}

/** Say how a trial was found that has another id than was asked for. */
function howFound(asked, record) {
  const id = idOf(record), names = record.protocolSection?.identificationModule ?? {};
  const same = (text) => Boolean(text) && slug(text) === slug(asked);
  if (same(id)) return "";
  const numbers = [names.nctId, ...(names.nctIdAliases ?? []), names.orgStudyIdInfo?.id, ...(names.secondaryIdInfos ?? []).map((info) => info.id)];
  if (numbers.some(same)) return gettext("“{name}” is another number of {trial}.", { name: asked, trial: id });
  if (same(names.acronym)) return gettext("“{name}” is the acronym of {trial}.", { name: asked, trial: id });
  return gettext("“{name}” is another name or a former id of {trial} in this catalog.", { name: asked, trial: id });
}

/** Return what stands at a JSON pointer, or undefined. */
export function at(record, pointer) {
  let value = record;
  for (const step of pointer.split("/").slice(1)) value = value?.[step];
  return value;
}

/** Return the words for a value that no document gives: why it is missing, as the trial's page says it. */
export function absent(record, ...pointers) {
  for (const pointer of pointers) {
    const why = absenceAt(record, pointer);
    if (why?.reason === "lostByLayout") return { text: gettext("not in this copy of the record"), kind: "lost" };
    if (why?.reason === "statedAsNone") return { text: pointer.endsWith("Age") ? gettext("no limit, as stated") : gettext("none, as stated"), kind: "none" };
    if (why?.note && record.catalogSection.jointStatements) return { text: gettext("not stated for this trial alone"), kind: "" };
  }
  const isProse = (record.catalogSection?.documents ?? []).every(({ layout }) => layout === "project-page");
  return { text: isProse ? gettext("not read from prose") : gettext("not stated"), kind: "" };
}

/** Return why a value is missing: what a copy of a record does not have as a whole it does not have in its parts. */
function absenceAt(record, pointer) {
  const absences = record.catalogSection?.absences ?? {};
  if (absences[pointer]) return absences[pointer];
  for (let above = pointer; above.split("/").length > 3;) {
    above = above.slice(0, above.lastIndexOf("/"));
    if (absences[above]) return absences[above].reason === "lostByLayout" ? absences[above] : undefined;
  }
  return undefined;
}

/** Return what the layout of the document loses of the criteria, if anything. */
export const criteriaRemark = (record) => record.catalogSection?.absences?.[CRITERIA]?.note ?? "";

/** Return the id of a record's trial. */
export const idOf = (record) => record.catalogSection?.id ?? record.protocolSection?.identificationModule?.nctId ?? "";

/** Return the title by which a trial goes in lists. */
export function titleOf(record) {
  const names = record.protocolSection?.identificationModule ?? {};
  const title = names.briefTitle || names.officialTitle || idOf(record) || gettext("Trial without a title");
  return names.acronym && !title.includes(names.acronym) ? `${title} (${names.acronym})` : title;
}

/** Return a few characters by which a trial is told from the others: its acronym or its number. */
export const shortName = (record) => record.protocolSection?.identificationModule?.acronym || idOf(record);

/** Return the registry numbers of a trial, the one of its page first. */
export function numbersOf(record) {
  const names = record.protocolSection?.identificationModule ?? {};
  const own = record.catalogSection?.provisional ? [] : [idOf(record)];
  const others = (names.secondaryIdInfos ?? []).filter(({ type }) => ["REGISTRY", "EUDRACT_NUMBER", "CTIS"].includes(type)).map(({ id }) => id);
  return [...new Set([...own, names.nctId, ...others].filter(Boolean))];
}

/** Return the status, and the newest date as of which the documents say it. */
export function statusOf(record) {
  const module = record.protocolSection?.statusModule ?? {};
  const dates = (record.catalogSection?.documents ?? []).map(({ asOf }) => asOf).filter(Boolean).sort();
  return { ...status(module.overallStatus), asOf: dates.at(-1) ?? null, verified: module.statusVerifiedDate ?? null };
}

/** Return the contacts of a site, those with a telephone number first, each as `{contact, isInferred}`. */
export function contactsAt(record, site) {
  const pointer = `${PLACES}/locations/${site}/contacts`, people = at(record, pointer) ?? [];
  const all = people.map((contact, index) => ({ contact, isInferred: inferred(record, `${pointer}/${index}`) }));
  return all.sort((a, b) => Number(Boolean(b.contact.phone)) - Number(Boolean(a.contact.phone)));
}

/**
 * Return whom to call where nobody at a site has a telephone number, or where none is chosen (null), as `{contact,
 * isInferred, whose}`: the contact of the whole trial, else one whose site is not stated, else one of another site, the
 * open ones first.  Without any number, the contact of the whole trial stands in for a site with no address; else null.
 */
export function contactInstead(record, site) {
  const own = site === null ? [] : at(record, `${PLACES}/locations/${site}/contacts`) ?? [];
  if (own.some(({ phone }) => phone)) return null;
  const central = at(record, `${PLACES}/centralContacts`) ?? [], forAll = gettext("For the whole trial");
  const callable = central.find(({ phone }) => phone), loose = (record.catalogSection?.contactsWithoutSite ?? []).find(({ phone }) => phone);
  if (callable) return { contact: callable, isInferred: false, whose: forAll };
  if (loose) return { contact: loose, isInferred: false, whose: gettext("At which site is not stated") };
  const sites = at(record, `${PLACES}/locations`) ?? [], withNumber = ({ contacts }) => contacts?.some(({ phone }) => phone);
  const other = sites.find((one) => withNumber(one) && status(one.status).look === "open") ?? sites.find(withNumber);
  if (other) {
    const name = [other.facility, other.city].filter(Boolean).join(", ") || gettext("Site without a name");
    return { ...contactsAt(record, sites.indexOf(other))[0], whose: site === null ? name : gettext("At another site, {site}", { site: name }) };
  }
  return central.length && !own.some(({ email }) => email) ? { contact: central[0], isInferred: false, whose: forAll } : null;
}

/** Say whether a value, or what it is part of, was got by reasoning. */
export function inferred(record, pointer) {
  const sources = record.catalogSection?.sources ?? {};
  return Object.entries(sources).some(([key, list]) => (key === pointer || key.startsWith(`${pointer}/`)) && list.some(({ how }) => how === "inferred"));
}
