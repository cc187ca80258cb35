/* A trial on paper: what a ward needs, on four pages.  The parts come in the order of their use, as far as they fit; what
   is left out is named, with the address of the whole record.  Criteria are never cut. */

import { date, gettext, number } from "../language.js";
import { element } from "../search/site.js";
import { anchorOf } from "../study/paths.js";

const ROOM = 14_000; // signs on four pages, in the size that print has
const OF_A_LINE = 45; // what the rest of a line, and the room between blocks, count for
const FOR_SITES = ROOM / 4; // they come first, but leave room for the criteria
const ORDER = ["sites-and-contacts", "who-can-take-part", "summary", "arms-and-interventions", "dates", "what-is-measured", "study-design", "sponsors-and-people", "identifiers"];
const WHOLE = new Set(["who-can-take-part"]);
const FEWEST = 3;

const isHeading = (part) => /^H[23]$/.test(part.tagName);
const nameOf = (heading) => [...heading.childNodes].filter((node) => !node.classList?.contains("headerlink")).map((node) => node.textContent).join("").trim();

/** Return the parts of the page below its head, each with its heading. */
function partsOf(main) {
  const parts = [];
  for (const child of main.children) {
    if (isHeading(child)) parts.push({ id: anchorOf(child), heading: child, blocks: [child] });
    else parts.at(-1)?.blocks.push(child);
  }
  return parts;
}

const BLOCKS = "li, p, tr, h4, summary";
const size = (blocks) => blocks.reduce((sum, block) => sum + block.textContent.length + OF_A_LINE * (1 + block.querySelectorAll(BLOCKS).length), 0);

/** Leave on the page what is printed; return how to have all back. */
export function shorten(main) {
  const hidden = [];
  const hide = (part) => {
    if (part.classList.contains("not-printed")) return;
    part.classList.add("not-printed");
    hidden.push(part);
  };
  for (const fold of main.querySelectorAll("details:not([open])")) if (!fold.querySelector(".sites")) hide(fold);
  for (const figure of main.querySelectorAll("figure, .head-actions, .key-dates, .site-map")) hide(figure);
  const parts = partsOf(main), byId = new Map(parts.map((part) => [part.id, part])), left = [];
  const whole = new Set(["in-short", "the-record"]);
  const visible = (blocks) => blocks.filter((block) => !block.classList.contains("not-printed"));
  let room = ROOM - size(visible([...whole].flatMap((id) => byId.get(id)?.blocks ?? [])));
  for (const id of ORDER) {
    const part = byId.get(id);
    if (!part) continue;
    const blocks = visible(part.blocks), needed = size(blocks);
    const free = id === "sites-and-contacts" ? Math.min(room, FOR_SITES) : room;
    if (needed <= free || WHOLE.has(id)) room -= needed;
    else room -= free - shortenList(part, free, hide, left);
    whole.add(id);
  }
  for (const { id, heading, blocks } of parts) {
    if (whole.has(id)) continue;
    for (const block of blocks) hide(block);
    if (heading.tagName === "H2" || !left.includes(nameOf(heading))) left.push(nameOf(heading));
  }
  document.body.classList.toggle("printed-small", room < 0);
  const printed = gettext("Printed on {date} from {address}, where the whole record stands, each value with its source.",
    { date: date(new Date().toISOString().slice(0, 10)), address: location.href.split(/[?#]/)[0] });
  const note = element("p", { class: "printed-note" }, printed, left.length ? [" ", gettext("Left out on paper: {parts}.", { parts: left.join("; ") })] : "");
  main.append(note);
  const opened = [...main.querySelectorAll("details:not([open], .not-printed)")];
  for (const fold of opened) fold.open = true;
  document.body.classList.add("printed-short");
  return () => {
    for (const part of hidden) part.classList.remove("not-printed");
    for (const fold of opened) fold.open = false;
    note.remove();
    document.body.classList.remove("printed-short", "printed-small");
  };
}

/** Show as many items of a part's lists as there is room for, or nothing of it; return the room that is left. */
function shortenList(part, room, hide, left) {
  const items = part.blocks.flatMap((block) => [...block.querySelectorAll(".sites > ul > li, .entries > ul > li, .cards > ul > li")]);
  const name = nameOf(part.heading);
  const rest = size(part.blocks) - size(items);
  let free = room - rest, shown = 0;
  while (shown < items.length && free - size([items[shown]]) >= 0) free -= size([items[shown++]]);
  if (shown < FEWEST) {
    for (const block of part.blocks) hide(block);
    left.push(name);
    return room;
  }
  for (const item of items.slice(shown)) hide(item);
  left.push(gettext("{section} ({shown} of {all} entries are here)", { section: name, shown: number(shown), all: number(items.length) }));
  return free;
}
