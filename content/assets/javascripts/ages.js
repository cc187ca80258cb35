/* Is this still true?  A status that says that a trial takes or will take people is shown with its age by the reader's
   clock: one that was last stated more than a year ago is dated, and past its own completion the trial should have
   ended.  A statement without a date may be as old as any.  A site that was built long ago does not lie. */

import { date, gettext, inSentence, monthsSince, number } from "./language.js";

export const MONTHS_FRESH = 12;
const AGING = ".open, .soon, .running";

/** Return the month of a date in words; a mere year stays. */
const inMonths = (stated) => date(stated.slice(0, 7));

/** Say of a badge when its status was said, an empty text meaning at no known time, and whether the trial should have
    ended since.  Returns whether it is old. */
function age(badge, said, end, now) {
  if (!badge.matches(AGING) || badge.dataset.status) return false;
  const label = badge.textContent.trim(), old = monthsSince(said, now), past = monthsSince(end, now);
  const isOld = old === null ? said === "" : old >= MONTHS_FRESH, isPast = past !== null && past > 0 && !badge.matches(".running");
  if (!isOld && !isPast) return false;
  badge.dataset.status = label;
  badge.classList.add("stale");
  if (isOld) {
    const inner = badge.querySelector("a") ?? badge;
    const status = inSentence(label);
    inner.textContent = said ? gettext("said {status} in {date}", { status, date: inMonths(said) }) : gettext("said {status}, undated", { status });
  }
  if (isPast) {
    const note = document.createElement("span");
    note.className = "should-have-ended";
    note.append(" ", gettext("should have ended in {date}", { date: inMonths(end) }));
    badge.after(note);
  }
  return isOld;
}

/** Return the date in a row of which something is said, "to" or "as-of". */
function dateIn(row, what) {
  const time = row.querySelector(`small time[data-says=${what}]`);
  return time ? time.dateTime || time.textContent : null;
}

/** Show the age of every status of the page.  The dates of rows stand as elements already. */
export function writeAges(main, now = new Date()) {
  for (const badge of main.querySelectorAll("b[data-said], b[data-end]")) age(badge, badge.dataset.said, badge.dataset.end, now);
  const own = main.querySelector(".trial-head b[data-said]");
  if (own) for (const badge of main.querySelectorAll(".sites b[class], main h4 ~ p > b[class]")) age(badge, own.dataset.said, null, now);
  const older = main.querySelector("details.older");
  for (const row of main.querySelectorAll(".rows > ul > li")) {
    const said = dateIn(row, "as-of") ?? "", end = dateIn(row, "to");
    let isOld = false;
    for (const badge of row.querySelectorAll("b[class]")) isOld = age(badge, said, badge.closest(".here") ? null : end, now) || isOld;
    if (isOld) row.classList.add("old");
  }
  if (older) gather(main.querySelector(".fresh"), older);
  for (const rows of main.querySelectorAll(".rows--open")) foldOld(rows);
}

/** On the home page, put what has grown old since the site was built to the other old ones. */
function gather(fresh, older) {
  const list = older.querySelector("ul");
  const old = [...(fresh?.querySelectorAll("li.old") ?? [])];
  if (old.length && list) list.prepend(...old);
  else if (old.length) {
    const made = document.createElement("ul");
    made.append(...old);
    older.querySelector(".rows").append(made);
  }
  older.hidden = !older.querySelector("li");
  if (fresh && !fresh.querySelector("li")) {
    const note = document.createElement("p");
    note.textContent = gettext("No document of the last year says that a trial is recruiting.");
    fresh.replaceChildren(note);
  }
}

/** Fold the rows of a list of open trials that rest on old documents. */
function foldOld(rows) {
  const old = [...rows.querySelectorAll(":scope > ul > li.old")];
  if (!old.length) return;
  const fold = document.createElement("details"), title = document.createElement("summary"), box = document.createElement("div"), list = document.createElement("ul");
  fold.className = "fold older";
  title.textContent = gettext("Said by documents older than a year ({count})", { count: number(old.length) });
  box.className = "rows";
  list.append(...old);
  box.append(list);
  fold.append(title, box);
  rows.after(fold);
  if (!rows.querySelector("li")) {
    const note = document.createElement("p");
    note.textContent = gettext("None, by documents of the last year.");
    rows.replaceWith(note);
  }
}
