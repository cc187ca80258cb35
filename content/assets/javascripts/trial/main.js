/* What a trial's page can do with a script: lines of documents in place, criteria to tick, today on the scale of dates. */

const sources = 'main a[href*="/documents/"][href*="#l"]';

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(sources);
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !HTMLElement.prototype.showPopover) return;
  event.preventDefault();
  const follow = () => location.assign(link.href);
  import("./source.js").then(({ showSource }) => showSource(link)).catch(follow);
});

if (document.querySelector(".criteria, .criteria-whole")) import("./criteria.js").then(({ makeTickable }) => makeTickable());
const scale = document.querySelector(".key-dates .scale");
if (scale) import("./dates.js").then(({ markToday }) => markToday(scale, new Date()));
