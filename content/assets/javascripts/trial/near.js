/* The town that a reader came from travels along: the trial's sites around it come first, with whom to call there, and
   its lists of sites are in the order of the distance.  The town stands behind the "#" of the address: no host sees it. */

import { writeAges } from "../ages.js";
import { gettext, ngettext, number } from "../language.js";
import { repage } from "../figures/pages.js";
import { distanceTo, townName, towns, townsNamed } from "../search/engine.js";
import { element } from "../search/site.js";
import { at, contactInstead, contactsAt, findStudy, statusOf } from "../study/record.js";
import { status } from "../study/words.js";

const PLACES = "/protocolSection/contactsLocationsModule";
const MOST = 10, MOST_CONTACTS = 2, PART = "-sites";

/** Return the town and the distance that an address asks for; null where it asks for none. */
function askedIn(hash) {
  const asked = new URLSearchParams(hash.slice(1)), near = (asked.get("near") ?? "").slice(0, 150), wanted = Number(asked.get("km"));
  const km = wanted > 0 && wanted <= 1000 ? wanted : 50;
  return near ? { near, km, hash: `#${new URLSearchParams({ near, km: String(km) })}` } : null;
}

/** Show what of this trial lies around the town that the address names, if it names one. */
export async function showNear(address) {
  const asked = askedIn(address);
  if (!asked) return;
  const { near, km, hash } = asked, slug = location.pathname.split("/").at(-2), named = await townsNamed(near), [town] = named;
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
  head.after(element("section", { class: "near-sites", "aria-label": gettext("Sites near {town}", { town: townName(town) }) }, ...block(around, km, town, unplaced, record)));
  writeAges(document.querySelector(".near-sites"));
}

function distanceOf(site, index, record, known, town) {
  const { lat, lon } = site.geoPoint ?? {};
  if (typeof lat === "number" && typeof lon === "number") return distanceTo(town, { latitude: lat, longitude: lon });
  const entity = record.catalogSection?.entities?.[`${PLACES}/locations/${index}/city`] ?? "";
  const place = entity.startsWith("place/") ? known.get(entity.slice("place/".length)) : null;
  return place && place.latitude !== null ? distanceTo(town, place) : null;
}

const inWords = (km) => (km < 1 ? gettext("in town") : gettext("{n} km", { n: number(Math.round(km)) }));

function block(around, km, town, unplaced, record) {
  const near = around.filter((one) => one.km <= km), name = townName(town), said = [];
  if (near.length) said.push(element("p", { class: "near-sites__title" }, ngettext("{n} site within {km} km of {town}", "{n} sites within {km} km of {town}", near.length, { km: number(km), town: name })));
  else said.push(element("p", { class: "near-sites__title" }, gettext("No site of this trial is known within {km} km of {town}", { km: number(km), town: name })));
  const shown = near.length ? near.slice(0, MOST) : around.slice(0, 1);
  if (!near.length && shown.length) said.push(element("p", {}, gettext("The nearest:")));
  said.push(element("ul", {}, shown.map((one) => siteItem(one, record))));
  if (near.length > MOST) said.push(element("p", {}, ngettext("And {n} more, in the list of sites below.", "And {n} more, in the list of sites below.", near.length - MOST)));
  if (unplaced) said.push(element("p", { class: "near-sites__rest" }, ngettext("{n} site of this trial stands in towns whose coordinates are not known, and may be near, too.",
    "{n} sites of this trial stand in towns whose coordinates are not known, and may be near, too.", unplaced)));
  return said;
}

function siteItem({ site, index, km }, record) {
  const { asOf, verified } = statusOf(record);
  const { label, look } = status(site.status ?? at(record, "/protocolSection/statusModule/overallStatus")), instead = contactInstead(record, index);
  const whom = contactsAt(record, index).slice(0, MOST_CONTACTS).map((one) => contact(one.contact, [], one.isInferred));
  if (instead) whom.push(contact(instead.contact, [instead.whose, ": "], instead.isInferred));
  return element("li", {}, element("strong", {}, site.facility ?? gettext("Site without a name")), site.city ? `, ${site.city}` : "", ` · ${inWords(km)} `,
    element("b", { class: look, "data-said": asOf ?? verified ?? "" }, label), site.status ? "" : [" (", gettext("the trial as a whole"), ")"], whom);
}

const TELEPHONE = /^(\+?[\d().-]+(?: [\d().-]+)*) ?(?:(?:ext\.?|x) ?\d{1,6})?$/i;

/** Return a telephone number as a link that dials it, by the rule of the pages; text that holds no single number stays. */
function telephone(text) {
  const digits = TELEPHONE.exec(text.trim().replace(/\s+/g, " "))?.[1].replace(/\(0\)|[^\d+]/g, "") ?? "";
  return digits.length >= 7 && digits.length <= 16 ? element("a", { href: `tel:${digits}` }, text) : text;
}

function contact({ name, phone, phoneExt, email }, before = [], isInferred = false) {
  const parts = [name ?? gettext("Contact without a name")];
  if (phone) parts.push(" · ", telephone(phone), phoneExt ? ` ${gettext("ext. {number}", { number: phoneExt })}` : "");
  if (email) parts.push(" · ", element("a", { href: `mailto:${encodeURIComponent(email).replace("%40", "@")}` }, email));
  const tag = isInferred ? [" ", element("span", { class: "tag tag--inferred", title: gettext("That this contact belongs to this site is inferred: the list of sites below says how.") }, gettext("inferred"))] : [];
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
  repage();
  const nearest = lists.toSorted((a, b) => distances.get(a.firstElementChild) - distances.get(b.firstElementChild))[0];
  nearest?.closest("details")?.setAttribute("open", "");
}

