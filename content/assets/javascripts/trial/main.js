/* What a trial's page can do with a script: lines of documents in place, criteria to tick, the dates drawn. */

import { idIn, pageName } from "../study/paths.js";

const sources = 'main a[href*="/documents/"][href*="#l"], main sup a[href*="#:"]';

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(sources);
  if (!mark || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !HTMLElement.prototype.showPopover) return;
  const link = mark.hash.startsWith("#:") ? document.getElementById(mark.hash.slice(1))?.querySelector("a[href*='#l']") : mark;
  if (!link) return;
  event.preventDefault();
  const follow = () => location.assign(link.href);
  import("./source.js").then(({ showSource }) => showSource(mark, link.href)).catch(follow);
});

const linkTo = (page, words) => {
  const link = document.createElement("a");
  link.href = `../../${page}`;
  link.textContent = words;
  return link;
};

/** Give this page, if it is a trial's, what belongs to it. */
export function startTrial() {
  if (document.querySelector(".criteria, .criteria-whole")) import("./criteria.js").then(({ makeTickable }) => makeTickable());
  const actions = document.querySelector(".head-actions"), own = actions?.dataset.trial;
  if (own) {
    const id = encodeURIComponent(own);
    actions.prepend(linkTo(`card/?trial=${id}`, "Pocket card"), " ", linkTo(`compare/?trials=${id}`, "Compare with other trials"), " ",
      linkTo(`graph/?at=${pageName()}`, "Walk the graph"), " ");
  }
  for (const related of own ? document.querySelectorAll(".related > ul > li") : []) {
    const other = related.querySelector("a").pathname.split("/").at(-2);
    related.querySelector("small").append(" · ", linkTo(`compare/?trials=${encodeURIComponent(own)},${encodeURIComponent(idIn(other))}`, "Compare"));
  }

  const dates = document.querySelector(".key-dates");
  if (dates) import("./dates.js").then(({ drawDates }) => drawDates(dates, Date.now()));
}
