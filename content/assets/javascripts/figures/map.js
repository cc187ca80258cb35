/* Maps: a dot leads where its town's link on the page leads (by keyboard one uses that link), and the reader comes closer
   and moves about.  A map with few places far from the others is first shown where most are. */

import { gettext, ngettext } from "../language.js";
import { element } from "../search/site.js";

const STEP = 1.6, MOVE = 0.2, NARROWEST = 200, FINEST = 700, DRAGGED = 4;
const ARROWS = { ArrowLeft: [-MOVE, 0], ArrowRight: [MOVE, 0], ArrowUp: [0, -MOVE], ArrowDown: [0, MOVE] };

/** Let the dots of all maps lead to the pages of their towns, and the maps be moved. */
export function startMaps() {
  linkDots();
  for (const figure of document.querySelectorAll("figure.map:not(.map--small)")) letMove(figure, figure.querySelector("svg"));
}

function linkDots() {
  const links = new Map();
  for (const link of document.querySelectorAll('main a[href*="places/"], .towns a')) {
    if (!links.has(link.textContent)) links.set(link.textContent, link.href);
  }
  for (const title of document.querySelectorAll("figure.map title")) {
    const href = links.get(title.textContent.split(/, |\s*: /)[0]);
    if (!href) continue;
    title.parentElement.classList.add("has-page");
    title.parentElement.addEventListener("click", () => location.assign(href));
  }
}

/** Give a map its buttons, and let it be dragged. */
function letMove(figure, svg) {
  const box = (text) => text.split(" ").map(Number);
  const [left, top, width, height] = box(svg.getAttribute("viewBox")), whole = [left + width / 2, top + height / 2, width];
  const [nearX, nearY, nearWidth, nearHeight] = box(svg.dataset.near ?? svg.getAttribute("viewBox"));
  const near = [nearX + nearWidth / 2, nearY + nearHeight / 2, nearWidth];
  const dots = [...svg.querySelectorAll("g > *")].map((dot) => dot.getBBox()).map((dot) => [dot.x + dot.width / 2, dot.y + dot.height / 2]);
  const outside = element("output", {});
  const button = (sign, name, act) => {
    const made = element("button", { type: "button", "aria-label": sign === name ? null : name, title: sign === name ? null : name }, sign);
    made.addEventListener("click", act);
    return made;
  };
  const closer = button("+", gettext("Zoom in"), () => zoom(1 / STEP)), away = button("−", gettext("Zoom out"), () => zoom(STEP));
  const all = button(gettext("Whole map"), gettext("Whole map"), () => show(...whole));
  const buttons = element("div", { class: "map__buttons", role: "group", "aria-label": gettext("Zoom of the map; arrow keys move it") }, outside, closer, away, all);
  let x, y, across;

  /** Show the part of the map with this centre and width, as far as there is a map. */
  const show = (middleX, middleY, wanted) => {
    across = Math.min(Math.max(wanted, Math.min(NARROWEST, width)), width);
    const down = (across * height) / width, within = (value, from, size, part) => Math.min(Math.max(value, from + part / 2), from + size - part / 2);
    x = within(middleX, left, width, across);
    y = within(middleY, top, height, down);
    svg.setAttribute("viewBox", [x - across / 2, y - down / 2, across, down].map((value) => value.toFixed(1)).join(" "));
    svg.setAttribute("stroke-width", (across / FINEST).toFixed(2));
    svg.style.setProperty("--dot", across / width);
    const hidden = dots.filter(([dotX, dotY]) => Math.abs(dotX - x) > across / 2 || Math.abs(dotY - y) > down / 2).length;
    outside.textContent = hidden ? ngettext("{n} dot outside", "{n} dots outside", hidden) : "";
    for (const [one, last] of [[closer, across <= NARROWEST], [away, across >= width], [all, across >= width]]) one.setAttribute("aria-disabled", last);
  };
  const zoom = (factor) => {
    svg.classList.add("is-moved");
    const [middleX, middleY] = across < width ? [x, y] : near;
    show(middleX, middleY, across * factor);
  };
  buttons.addEventListener("keydown", (event) => {
    const [right, below] = ARROWS[event.key] ?? [];
    if (right === undefined || event.metaKey || event.ctrlKey || event.altKey) return;
    event.preventDefault();
    show(x + right * across, y + below * across, across);
  });

  let from = null, dragged = false;
  svg.addEventListener("pointerdown", (event) => {
    dragged = false;
    if (event.isPrimary && !event.button) from = { left: event.clientX, top: event.clientY, x, y };
  });
  svg.addEventListener("pointermove", (event) => {
    if (!from || !event.buttons) return;
    const right = event.clientX - from.left, below = event.clientY - from.top;
    if (!dragged && Math.hypot(right, below) < DRAGGED) return;
    dragged = true;
    svg.setPointerCapture(event.pointerId);
    const scale = 1 / svg.getScreenCTM().a;
    show(from.x - right * scale, from.y - below * scale, across);
  });
  for (const end of ["pointerup", "pointercancel"]) svg.addEventListener(end, () => {
    from = null;
  });
  svg.addEventListener("click", (event) => dragged && event.stopPropagation(), { capture: true });
  figure.prepend(buttons);
  show(...near);
}
