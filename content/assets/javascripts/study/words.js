/* The registries' codes in the words of the site's language, as the pages write them. */

import { noStatus, statuses, words as known } from "../../../language.js";
import { gettext } from "../language.js";

export { date } from "../language.js";

/** Return a code in words; anything else unchanged. */
export function words(code) {
  if (Object.hasOwn(known, code)) return known[code];
  if (!/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(code)) return code;
  const text = code.replaceAll("_", " ");
  return text[0] + text.slice(1).toLowerCase();
}

/** Return how a status is called and how it looks. */
export function status(code) {
  const [label, look] = !code ? noStatus : Object.hasOwn(statuses, code) ? statuses[code] : [words(code), "unknown"];
  return { label, look };
}

/** Phases that trials of all registries share; other words for a phase are a registry's own. */
export const PHASES = ["NA", "EARLY_PHASE1", "PHASE1", "PHASE2", "PHASE3", "PHASE4"];

/** Return phases as one phrase. */
export const phase = (phases) => phases.map((code) => (PHASES.includes(code) ? words(code) : gettext("Other: “{words}”", { words: code }))).join(" / ");
