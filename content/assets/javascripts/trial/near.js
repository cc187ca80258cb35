/* The town that a reader came from travels along: the trial's sites around it come first, with whom to call there, and
   its lists of sites are in the order of the distance.  The town stands behind the "#" of the address: no host sees it. */

import { writeAges } from "../ages.js";
import { distanceTo, townName, towns, townsNamed } from "../search/engine.js";
import { count, element, number } from "../search/site.js";
import { at, findStudy, inferred, statusOf } from "../study/record.js";
import { status } from "../study/words.js";

const PLACES = "/protocolSection/contactsLocationsModule";
const MOST = 10, MOST_CONTACTS = 2, PART = "-sites";

/** Return the town and the distance that an address asks for; null where it asks for none. */
export function askedIn(hash) {
  const asked = new URLSearchParams(hash.slice(1)), near = (asked.get("near") ?? "").slice(0, 150), km = Number(asked.get("km"));
  return near ? { near, km: km > 0 && km <= 1000 ? km : 50, hash: `#${new URLSearchParams({ near, km: km > 0 && km <= 1000 ? km : 50 })}` } : null;
}

/** Show what of this trial lies around the town that the address names. */
export async function showNear({ near, km, hash }) {
  const slug = location.pathname.split("/").at(-2), named = await townsNamed(near), [town] = named;
  if (named.length !== 1 || town.latitude === null) return;
  const { record } = await findStudy(slug.endsWith(PART) ? slug.slice(0, -PART.length) : slug);
  const sites = record ? at(record, `${PLACES}/locations`) ?? [] : [];
  if (!sites.length) return;
  const known = new Map((await towns()).map((one) => [one.id, one]));
  const placed = sites.map((site, index) => ({ site, index, km: distanceOf(site, index, record, known, town) }));
  const around = placed.filter((one) => one.km !== null).sort((a, b) => a.km - b.km);
  const unplaced = placed.length - around.length;
  orderLists(placed);
  for (const link of document.querySelectorAll(`a[href*="${PART}/"]`)) if (link.pathname.endsWith(`${PART}/`) && !link.hash) link.hash = hash;
  const head = document.querySelector(".trial-head");
  document.querySelector(".near-sites")?.remove();
  head.after(element("section", { class: "near-sites", "aria-label": `Sites near ${townName(town)}` }, ...block(around, km, town, unplaced, record)));
  writeAges(document.querySelector(".near-sites"));
}

function distanceOf(site, index, record, known, town) {
  const { lat, lon } = site.geoPoint ?? {};
  if (typeof lat === "number" && typeof lon === "number") return distanceTo(town, { latitude: lat, longitude: lon });
  const entity = record.catalogSection?.entities?.[`${PLACES}/locations/${index}/city`] ?? "";
  const place = entity.startsWith("place/") ? known.get(entity.slice("place/".length)) : null;
  return place && place.latitude !== null ? distanceTo(town, place) : null;
}

const inWords = (km) => (km < 1 ? "in town" : `${number(Math.round(km))} km`);

function block(around, km, town, unplaced, record) {
  const near = around.filter((one) => one.km <= km), name = townName(town), said = [];
  if (near.length) said.push(element("p", { class: "near-sites__title" }, `${count(near.length, "site")} within ${number(km)} km of ${name}`));
  else said.push(element("p", { class: "near-sites__title" }, `No site of this trial is known within ${number(km)} km of ${name}`));
  const shown = near.length ? near.slice(0, MOST) : around.slice(0, 1);
  if (!near.length && shown.length) said.push(element("p", {}, "The nearest:"));
  said.push(element("ul", {}, shown.map((one) => siteItem(one, record))));
  if (near.length > MOST) said.push(element("p", {}, `And ${number(near.length - MOST)} more, in the list of sites below.`));
  if (unplaced) said.push(element("p", { class: "near-sites__rest" }, `${count(unplaced, "site")} of this trial ${unplaced === 1 ? "stands" : "stand"} in towns whose coordinates are not known, and may be near, too.`));
  return said;
}

function siteItem({ site, index, km }, record) {
  const { asOf, verified } = statusOf(record);
  const { label, look } = status(site.status ?? at(record, "/protocolSection/statusModule/overallStatus")), people = site.contacts ?? [], central = at(record, `${PLACES}/centralContacts`) ?? [];
  const callable = people.some(({ phone, email }) => phone || email);
  const whom = [...people.slice(0, MOST_CONTACTS).map((one, which) => contact(one, "", inferred(record, `${PLACES}/locations/${index}/contacts/${which}`))), ...(callable ? [] : central.slice(0, MOST_CONTACTS).map((one) => contact(one, "For the whole trial: ")))];
  return element("li", {}, element("strong", {}, site.facility ?? "Site without a name"), site.city ? `, ${site.city}` : "", ` · ${inWords(km)} `,
    element("b", { class: look, "data-said": asOf ?? verified ?? "" }, label), site.status ? "" : " (the trial as a whole)", whom);
}

const TELEPHONE = /^(\+?[\d().-]+(?: [\d().-]+)*) ?(?:(?:ext\.?|x) ?\d{1,6})?$/i;

/** Return a telephone number as a link that dials it, by the rule of the pages; text that holds no single number stays. */
function telephone(text) {
  const digits = TELEPHONE.exec(text.trim().replace(/\s+/g, " "))?.[1].replace(/\(0\)|[^\d+]/g, "") ?? "";
  return digits.length >= 7 && digits.length <= 16 ? element("a", { href: `tel:${digits}` }, text) : text;
}

function contact({ name, phone, phoneExt, email }, before = "", isInferred = false) {
  const parts = [name ?? "Contact without a name"];
  if (phone) parts.push(" · ", telephone(phone), phoneExt ? ` ext. ${phoneExt}` : "");
  if (email) parts.push(" · ", element("a", { href: `mailto:${encodeURIComponent(email).replace("%40", "@")}` }, email));
  const tag = isInferred ? [" ", element("span", { class: "tag tag--inferred", title: "That this contact belongs to this site is inferred: the list of sites below says how." }, "inferred")] : [];
  return element("p", {}, before, parts, tag);
}

/** Put the lists of sites, which stand by country in the order of the record, into the order of the distance. */
function orderLists(placed) {
  const groups = new Map();
  for (const one of placed) groups.set(one.site.country || "", [...(groups.get(one.site.country || "") ?? []), one]);
  const order = [...groups.values()].flat(), lists = [...document.querySelectorAll(".sites > ul")];
  const items = lists.flatMap((list) => [...list.children]);
  if (items.length !== order.length) return;
  const distances = new Map(items.map((item, index) => [item, order[index].km ?? Infinity]));
  for (const [item, km] of distances) {
    if (km === Infinity || item.querySelector(".distance")) continue;
    const note = element("span", { class: "distance" }, ` · ${inWords(km)}`);
    const line = item.querySelector("br");
    if (line) line.before(note);
    else item.append(note);
  }
  for (const list of lists) list.append(...[...list.children].sort((a, b) => distances.get(a) - distances.get(b)));
  const nearest = lists.toSorted((a, b) => distances.get(a.firstElementChild) - distances.get(b.firstElementChild))[0];
  nearest?.closest("details")?.setAttribute("open", "");
}

