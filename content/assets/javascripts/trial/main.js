/* What a trial's page can do with a script: lines of documents in place, criteria to tick, the dates drawn. */

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

if (document.querySelector(".criteria, .criteria-whole")) import("./criteria.js").then(({ makeTickable }) => makeTickable());
const packed = document.querySelector('.head-actions a[href$=".ndjson.gz"]');
packed?.addEventListener("click", (event) => {
  event.preventDefault();
  const id = new URLSearchParams(document.querySelector(".head-actions a[href*='?trial=']").search).get("trial");
  import("../study/packs.js").then(({ saveStudy }) => saveStudy(id)).catch(() => location.assign(packed.href));
});
const dates = document.querySelector(".key-dates");
if (dates) import("./dates.js").then(({ drawDates }) => drawDates(dates, Date.now()));
