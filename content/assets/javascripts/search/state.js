/* The whole state of a search in its address, so that it can be sent, repeated and cited. */

import { gettext } from "../language.js";
import { ENTITIES, SMALL } from "./engine.js";

export const FACETS = [...SMALL.filter((facet) => facet !== "start"), ...ENTITIES];
export const SORTS = {
  "": gettext("Best match first"), newest: gettext("Newest documents first"),
  start: gettext("Latest start first"), "start-old": gettext("Earliest start first"),
  large: gettext("Most participants first"), small: gettext("Fewest participants first"),
};
export const RADII = [10, 25, 50, 100, 250, 500];

const year = (text) => (/^(19|20)\d{2}$/.test(text ?? "") ? Number(text) : null);

/** Return the state that an address holds. */
export function fromAddress(address) {
  const wanted = new URLSearchParams(address);
  const km = Number(wanted.get("km"));
  return {
    q: (wanted.get("q") ?? "").slice(0, 300),
    exactly: wanted.has("exactly"),
    sort: wanted.get("sort") in SORTS ? wanted.get("sort") : "",
    from: year(wanted.get("from")), to: year(wanted.get("to")),
    near: (wanted.get("near") ?? "").slice(0, 100), km: RADII.includes(km) ? km : 50, open: wanted.has("open"),
    page: Math.max(1, Math.min(1000, Number.parseInt(wanted.get("page"), 10) || 1)),
    facets: new Map(FACETS.map((facet) => [facet, new Set(wanted.getAll(facet).slice(0, 100))])),
    cited: wanted.has("version") ? { version: wanted.get("version"), hits: Number(wanted.get("hits")) } : null,
  };
}

/** Return the address of a state, always in one order; what is as usual is left out. */
export function toAddress(state, { cite = null } = {}) {
  const wanted = new URLSearchParams();
  if (state.q.trim()) wanted.set("q", state.q.trim());
  if (state.exactly) wanted.set("exactly", "1");
  for (const facet of FACETS) for (const value of [...state.facets.get(facet)].sort()) wanted.append(facet, value);
  if (state.from) wanted.set("from", state.from);
  if (state.to) wanted.set("to", state.to);
  if (state.near.trim()) {
    wanted.set("near", state.near.trim());
    wanted.set("km", state.km);
    if (state.open) wanted.set("open", "1");
  }
  if (state.sort) wanted.set("sort", state.sort);
  if (state.page > 1 && !cite) wanted.set("page", state.page);
  if (cite) {
    wanted.set("version", cite.version);
    wanted.set("hits", cite.hits);
  }
  return wanted.size ? `?${wanted}` : "";
}

/** Say whether a state asks for anything. */
export const asksForSomething = (state) =>
  Boolean(state.q.trim() || state.near.trim() || state.from || state.to || [...state.facets.values()].some((values) => values.size));
