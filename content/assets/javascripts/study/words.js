/* The registries' codes in plain words, as the pages write them. */

const STATUSES = {
  RECRUITING: ["Recruiting", "open"], ENROLLING_BY_INVITATION: ["Enrolling by invitation", "open"], AVAILABLE: ["Available", "open"],
  NOT_YET_RECRUITING: ["Not yet recruiting", "soon"], ACTIVE_NOT_RECRUITING: ["Active, not recruiting", "running"],
  APPROVED_FOR_MARKETING: ["Approved for marketing", "done"], COMPLETED: ["Completed", "done"], SUSPENDED: ["Suspended", "stopped"],
  TEMPORARILY_NOT_AVAILABLE: ["Temporarily not available", "stopped"], TERMINATED: ["Terminated", "stopped"],
  WITHDRAWN: ["Withdrawn", "stopped"], NO_LONGER_AVAILABLE: ["No longer available", "stopped"],
  WITHHELD: ["Withheld", "unknown"], UNKNOWN: ["Unknown status", "unknown"],
};

const WORDS = {
  NA: "Not applicable", EARLY_PHASE1: "Early phase 1", PHASE1: "Phase 1", PHASE2: "Phase 2", PHASE3: "Phase 3", PHASE4: "Phase 4",
  RANDOMIZED: "Randomized", NON_RANDOMIZED: "Not randomized", SINGLE_GROUP: "Single group", PARALLEL: "Parallel groups", ALL: "All",
  ECT: "Educational, counselling or training", OTHER_GOV: "Other government body", FED: "US federal agency",
  NIH: "US National Institutes of Health", INDIV: "Individual", AMBIG: "Ambiguous", OUTCOMES_ASSESSOR: "Outcomes assessor",
  CARE_PROVIDER: "Care provider", NONE: "None (open label)", EUDRACT_NUMBER: "EudraCT number", CTIS: "EU CT number (CTIS)",
  REGISTRY: "Registry number", OTHER_GRANT: "Grant number", SPONSOR_INVESTIGATOR: "Sponsor-investigator",
  SUB_INVESTIGATOR: "Sub-investigator", NO_INTERVENTION: "No intervention", NON_PROBABILITY_SAMPLE: "Non-probability sample",
  CASE_CONTROL: "Case-control", CASE_CROSSOVER: "Case-crossover", CROSS_SECTIONAL: "Cross-sectional", CHILD: "Children",
  ADULT: "Adults", OLDER_ADULT: "Older adults",
};

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** Return a code in words; anything else unchanged. */
export function words(code) {
  if (Object.hasOwn(WORDS, code)) return WORDS[code];
  const text = code.replaceAll("_", " ");
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/.test(code) ? text[0] + text.slice(1).toLowerCase() : code;
}

/** Return how a status is called and how it looks. */
export function status(code) {
  if (!code) return { label: "Status not stated", look: "unknown" };
  const [label, look] = Object.hasOwn(STATUSES, code) ? STATUSES[code] : [words(code), "unknown"];
  return { label, look };
}

/** Return phases as one phrase. */
export const phase = (phases) => phases.map(words).join(" / ");

const language = document.documentElement.lang || "en";
const inThePages = language.startsWith("en");
const formats = [undefined, "numeric"].map((day) => new Intl.DateTimeFormat(language, { year: "numeric", month: "long", day, timeZone: "UTC" }));

/** Return a date with the precision that it has, as the page's language writes it; other text unchanged. */
export function date(value) {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?(?:T.*)?$/.exec(value);
  if (!parts || +parts[2] < 1 || +parts[2] > 12) return value;
  const moment = new Date(Date.UTC(parts[1], parts[2] - 1, parts[3] ?? 1));
  if (!inThePages && moment.getUTCMonth() + 1 === +parts[2]) return formats[parts[3] ? 1 : 0].format(moment);
  return `${parts[3] ? `${Number(parts[3])} ` : ""}${MONTHS[parts[2] - 1]} ${parts[1]}`;
}

/** Return how long a date is ago by the reader's clock, such as "7 years ago"; nothing below a month. */
export function age(value, now = new Date()) {
  const parts = /^(\d{4})-(\d{2})(?:-(\d{2}))?/.exec(value ?? "");
  if (!parts) return "";
  let months = (now.getFullYear() - parts[1]) * 12 + now.getMonth() + 1 - parts[2];
  if (parts[3] && now.getDate() < +parts[3]) months -= 1;
  if (months < 1) return "";
  const years = Math.floor(months / 12);
  return years ? `${years} ${years === 1 ? "year" : "years"} ago` : `${months} ${months === 1 ? "month" : "months"} ago`;
}
