/* A bar for each trial of a page from its start to its completion, drawn from the dates that stand in the rows.
   Each bar stands beside the trial's number and its dates in words: nothing is told by the picture alone. */

import { said } from "../dates.js";
import { gettext, ngettext } from "../language.js";

export const MOST_BARS = 16; // the same as in generator/pages/figures/timeline.py
const WIDTH = 600, STEPS = [1, 2, 5, 10, 20, 50], MOST_TICKS = 9;
const EARLIEST = 1900, LATEST = 2100; // another year is a slip: it is told, but would leave no room for the others

const make = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const draw = (name, attributes) => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

/** Draw the trials of `rows` as a section of its own before the heading `next`; nothing where fewer than two have dates. */
export function drawSpans(rows, next) {
  const trials = [...new Map(rows.map(read).map((trial) => [trial.href, trial])).values()];
  const dated = trials.filter(({ start, end }) => start !== null || end !== null);
  if (trials.length > MOST_BARS || dated.length < 2) return;
  dated.sort((a, b) => (a.start ?? a.end) - (b.start ?? b.end) || (a.name < b.name ? -1 : 1));
  const edges = dated.flatMap(({ start, end }) => [start, end]).filter((edge) => edge !== null);
  const low = Math.floor(Math.min(...edges)), high = Math.ceil(Math.max(...edges));
  const step = STEPS.find((one) => (high - low) / one <= MOST_TICKS) ?? STEPS.at(-1);
  const first = Math.floor(low / step) * step, last = Math.max(Math.ceil(high / step) * step, first + step);
  const x = (year) => ((year - first) * WIDTH) / (last - first);
  const years = Array.from({ length: (last - first) / step + 1 }, (_, index) => first + index * step);
  const grid = years.map((year) => `M${x(year).toFixed(0)} 0v9`).join("");

  const bars = dated.map(({ name, href, start, end, estimated, words }) => {
    const drawing = draw("svg", { viewBox: `0 0 ${WIDTH} 9`, preserveAspectRatio: "none", "aria-hidden": "true" });
    drawing.append(draw("path", { class: "grid", d: grid }));
    if (start !== null && end !== null && end >= start) {
      const bar = { d: `M${x(start).toFixed(0)} 4.5h${Math.max(x(end) - x(start), 4).toFixed(0)}` };
      drawing.append(draw("path", estimated ? { ...bar, class: "e" } : bar));
    } else for (const edge of [start, end]) if (edge !== null) drawing.append(draw("path", { d: `M${(x(edge) - 2).toFixed(0)} 4.5h5` }));
    return make("li", {}, make("a", { href }, name), drawing, make("span", {}, words));
  });
  const left = trials.length - dated.length;
  const remark = [gettext("A full bar: dates as stated. A broken bar: one of its dates is estimated. A dot: only one date is stated.")];
  if (left) remark.push(" ", ngettext("{n} trial states no dates.", "{n} trials state no dates.", left));
  const scale = make("div", { class: "spans__years", "aria-hidden": "true" }, ...years.map((year) => make("span", {}, year)));
  next.before(
    make("h2", { id: "when" }, gettext("When")),
    make("figure", { class: "spans" }, scale, make("ol", {}, ...bars), make("figcaption", {}, ...remark)),
  );
}

/** Return what a row says of its trial, with its dates in years. */
function read(item) {
  const link = item.querySelector("a"), details = item.querySelector("small");
  const [number] = details.textContent.split(" · ");
  const dates = { from: null, to: null }, words = [];
  let estimated = false;
  for (const time of details.querySelectorAll("time:is([data-says=from], [data-says=to])")) {
    const what = time.dataset.says;
    dates[what] = inYears(time.dateTime || time.textContent, what === "to");
    const remark = /^[^()·]*\(([^)]*)\)/.exec(time.nextSibling?.textContent ?? "")?.[1] ?? "";
    estimated ||= remark.includes(gettext("estimated"));
    words.push(`${said(what, time.textContent)}${remark && ` (${remark})`}`);
  }
  return {
    href: link.href, name: /\d/.test(number) ? number.trim() : link.textContent, start: dates.from, end: dates.to,
    estimated, words: words.join(" "),
  };
}

/** Return a date in years; one of less precision counts from its first day, or `late` to its last. */
function inYears(date, late) {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(date);
  const [year, month, day] = (parts ?? []).slice(1).map(Number);
  if (!parts || year < EARLIEST || year > LATEST) return null;
  if (!month) return year + late;
  return year + (month - 1 + (day ? Math.min(day, 31) / 31 : late)) / 12;
}
