/* What a trial's page can do with a script: lines of documents in place, criteria to tick, the dates drawn. */

import { gettext } from "../language.js";
import { idIn, pageName } from "../study/paths.js";
import { isBeside, showBeside, toggleBeside } from "./beside.js";

const sources = 'main a[href*="/documents/"][href*="#l"], main sup a[href*="#:"]';
const LINES = "line numbers"; // under this name the browser keeps that a reader wants them

document.addEventListener("click", (event) => {
  const mark = event.target.closest?.(sources);
  if (!mark || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || !HTMLElement.prototype.showPopover) return;
  const link = lineOf(mark);
  if (!link) return;
  event.preventDefault();
  if (isBeside()) return showBeside(link.href);
  const follow = () => location.assign(link.href);
  mark.setAttribute("aria-busy", "true");
  import("./source.js").then(({ showSource }) => showSource(mark, link.href)).catch(follow).finally(() => mark.removeAttribute("aria-busy"));
});

/** Return the link to the line that a mark stands for: of a whole record, the one among the page's documents. */
const lineOf = (mark) => (mark.hash.startsWith("#:") ? document.getElementById(mark.hash.slice(1))?.querySelector("a[href*='#l']") : mark);

const linkTo = (page, words) => {
  const link = document.createElement("a");
  link.href = `../../${page}`;
  link.textContent = words;
  return link;
};

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function copyButton() {
  const made = button(gettext("Copy link"), async () => {
    try {
      await navigator.clipboard.writeText(location.href.split("#")[0]);
      made.textContent = gettext("Link copied");
    } catch {
      made.textContent = gettext("The browser does not allow it");
    }
  });
  made.setAttribute("aria-live", "polite");
  return made;
}

/** Return the switch that shows the numbers of lines beside the values, for those who check. */
function linesButton() {
  const made = button(gettext("Show line numbers"), () => show(made.getAttribute("aria-pressed") !== "true"));
  const show = (wanted) => {
    document.body.classList.toggle("with-lines", wanted);
    made.setAttribute("aria-pressed", String(wanted));
    try {
      if (wanted) localStorage.setItem(LINES, "yes");
      else localStorage.removeItem(LINES);
    } catch { /* a browser that keeps nothing */ }
  };
  let kept = null;
  try {
    kept = localStorage.getItem(LINES);
  } catch { /* a browser that keeps nothing */ }
  document.body.classList.toggle("with-lines", kept === "yes");
  made.setAttribute("aria-pressed", String(kept === "yes"));
  return made;
}

/** Return the switch that shows the document beside the page; nothing where no mark leads to a line. */
function besideButton() {
  const [first] = [...document.querySelectorAll(sources)].map(lineOf).filter(Boolean);
  if (!first) return "";
  const made = button(gettext("Show the document beside"), () => made.setAttribute("aria-pressed", String(toggleBeside(first.href))));
  made.className = "beside-button";
  made.setAttribute("aria-pressed", "false");
  return made;
}

/** Give this page, if it is a trial's, what belongs to it. */
export function startTrial() {
  if (document.querySelector(".trial-head") && location.hash.startsWith("#near=")) import("./near.js").then(({ showNear }) => showNear(location.hash));
  if (document.querySelector(".criteria, .criteria-whole")) import("./criteria.js").then(({ makeTickable }) => makeTickable());
  const actions = document.querySelector(".head-actions"), own = actions?.dataset.trial;
  if (own) {
    const id = encodeURIComponent(own);
    const tools = document.createElement("span");
    tools.className = "head-tools";
    tools.append(linkTo(`card/?trial=${id}`, gettext("Pocket card")), " ", linkTo(`compare/?trials=${id}`, gettext("Compare with other trials")), " ",
      linkTo(`graph/?at=${pageName()}`, gettext("Connections")), " ", button(gettext("Print"), () => print()), " ", copyButton(), " ", linesButton(), " ", besideButton());
    actions.append(tools);
  }
  for (const related of own ? document.querySelectorAll(".related > ul > li") : []) {
    const other = related.querySelector("a").pathname.split("/").at(-2);
    related.querySelector("small").append(" · ", linkTo(`compare/?trials=${encodeURIComponent(own)},${encodeURIComponent(idIn(other))}`, gettext("Compare")));
  }

  const dates = document.querySelector(".key-dates");
  if (dates) import("./dates.js").then(({ drawDates }) => drawDates(dates, Date.now()));
}
