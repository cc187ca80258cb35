/* Draws the dates of a trial on one scale, and where today is on it by the reader's clock. */

import { gettext } from "../language.js";

const MOST_TICKS = 5;

const draw = (name, attributes, text = "") => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
};

/** Draw each date of `list` beside its words, over whole years, and the day `now`. */
export function drawDates(list, now) {
  const dates = [...list.children].map((item) => [item, day(item.querySelector("time"))]).filter(([, at]) => at !== null);
  if (!dates.length) return;
  const year = (at) => new Date(at).getUTCFullYear();
  const first = year(dates[0][1]), end = year(dates.at(-1)[1]) + 1;
  const opening = Date.UTC(first, 0), closing = Date.UTC(end, 0);
  const share = (at) => (at - opening) / (closing - opening);
  const percent = (at) => `${(100 * Math.min(1, share(at))).toFixed(1)}%`;
  const start = dates.find(([item]) => label(item) === gettext("Start"))?.[1], ends = [gettext("Primary completion"), gettext("Completion")];
  for (const [item, at] of dates) {
    const drawing = draw("svg", { "aria-hidden": "true" }), x = percent(at);
    const since = ends.includes(label(item)) && start < at;
    if (since) drawing.append(draw("line", { x1: percent(start), x2: x, y1: "50%", y2: "50%" }));
    drawing.append(item.classList.contains("derived")
      ? draw("rect", { x, y: "50%", width: 9, height: 9 })
      : draw("circle", { cx: x, cy: "50%", r: 5 }));
    item.append(drawing);
  }
  const scale = document.createElement("li");
  scale.className = "scale";
  scale.setAttribute("aria-hidden", "true");
  const grid = draw("svg", {}), step = Math.ceil((end - first) / MOST_TICKS);
  for (let tick = first; tick < end; tick += step) {
    const x = percent(Date.UTC(tick, 0));
    grid.append(draw("line", { x1: x, x2: x, y2: "100%" }), draw("text", { x, y: 12, dx: 3 }, String(tick)));
  }
  if (share(now) >= 0) {
    const after = share(now) > 1, far = share(now) > 0.8, x = percent(now);
    grid.append(
      draw("line", { class: "today", x1: x, x2: x, y1: 16, y2: "100%" }),
      draw("text", { class: "today", x, y: 26, dx: far ? -4 : 4, "text-anchor": far ? "end" : "start" }, after ? gettext("today →") : gettext("today")),
    );
    scale.classList.add("scale--today");
  }
  scale.append(grid);
  list.prepend(scale);
}

const label = (item) => item.querySelector("strong").textContent;

/** Return a moment in the middle of what a date names: a month, a year, or the day itself; null where there is none. */
function day(time) {
  const parts = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(time?.dateTime ?? "");
  if (!parts) return null;
  const [, year, month, date] = parts;
  return Date.UTC(Number(year), Number(month ?? 7) - 1, Number(date ?? (month ? 15 : 1)));
}
