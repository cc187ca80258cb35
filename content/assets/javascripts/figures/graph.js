/* The graph of who shares what, one step at a time: one trial, drug, sponsor, person or place in the middle, around it
   what it is linked with.  It reads the page of what stands in the middle, so it knows neither more nor less than that. */

import { gettext, ngettext, number } from "../language.js";
import { element } from "../search/site.js";
import { anchorOf } from "../study/paths.js";

const KINDS = {
  trials: [gettext("Trials"), gettext("Trial")], drugs: [gettext("Drugs and interventions"), gettext("Drug or intervention")],
  conditions: [gettext("Conditions"), gettext("Condition")], organizations: [gettext("Organizations"), gettext("Organization")],
  people: [gettext("People"), gettext("Person")], places: [gettext("Places"), gettext("Place")],
};
const PLACE = /^(trials|drugs|conditions|organizations|people|places)\/([a-z0-9-]+)$/;
const BESIDE = /-(results|sites)$/;
/** Sections whose links say nothing about who shares what. */
const NO_NEIGHBOURS = new Set(["how-the-name-is-written", "not-the-same", "possibly-the-same", "what-is-missing-and-why", "documents"]);
/** Headings that do not say what a link is to the page. */
const SILENT = new Set(["where", "when", "trials"]);
const AT_A_SITE = { organizations: gettext("Site"), people: gettext("Contact at a site"), places: gettext("Has a site") };
const MOST = 7;
const ROOT = new URL("../", document.baseURI);
const SVG = "http://www.w3.org/2000/svg";

let stage, walked = [], latest = 0;

/** Begin where the address says, and follow the links of the graph. */
export function walk(target) {
  stage = target;
  walked = history.state?.walked ?? [];
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href);
    if (address.pathname !== location.pathname || !address.searchParams.has("at")) return;
    event.preventDefault();
    const at = address.searchParams.get("at");
    const known = walked.findIndex((step) => step.at === at);
    walked = known < 0 ? walked : walked.slice(0, known);
    history.pushState({ walked }, "", address);
    show({ focus: true });
  });
  addEventListener("popstate", () => {
    walked = history.state?.walked ?? [];
    show({ focus: true });
  });
  new ResizeObserver(draw).observe(stage);
  show({ focus: false });
}

async function show({ focus }) {
  const at = new URLSearchParams(location.search).get("at");
  const mine = ++latest;
  stage.hidden = !at;
  if (!at) return;
  stage.setAttribute("aria-busy", "true");
  const node = PLACE.test(at) ? await read(at).catch(() => null) : null;
  if (mine !== latest) return;
  stage.removeAttribute("aria-busy");
  if (!node) {
    stage.replaceChildren(element("p", { role: "alert" }, gettext("There is nothing of this name to begin with. Choose a beginning below.")));
    return;
  }
  fill(node);
  if (!walked.some((step) => step.at === at)) walked = [...walked, { at, name: node.name }];
  history.replaceState({ walked }, "", location.href);
  if (focus) stage.querySelector("h2").focus({ preventScroll: false });
}

/** Return what the page at a place of the site says. */
async function read(at) {
  const answer = await fetch(new URL(`${at}/`, ROOT));
  if (!answer.ok) throw new Error(String(answer.status));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  const here = new URL(`${at}/`, ROOT);
  const found = new Map();
  let section = "", heading = "";
  for (const part of main.querySelectorAll("h2, h3, summary, a[href]")) {
    if (!part.matches("a")) {
      if (part.matches("h2")) section = anchorOf(part);
      heading = SILENT.has(anchorOf(part)) ? "" : part.textContent.replace(/\s*\(\d[\d\s.,’]*\)|¶/g, "").trim();
      continue;
    }
    const address = new URL(part.getAttribute("href"), here);
    if (!address.href.startsWith(ROOT.href) || NO_NEIGHBOURS.has(section) || part.closest("sup")) continue;
    const place = address.pathname.slice(ROOT.pathname.length).replace(/\/$/, "");
    if (!PLACE.test(place) || place === at || BESIDE.test(place) || /^\w+\/list$/.test(place)) continue;
    const trials = Number(/^\s*\((\d[\d\s.,’]*)/.exec(part.nextSibling?.textContent ?? "")?.[1].replace(/\D/g, "") ?? 0);
    const label = part.closest("li")?.querySelector(":scope > strong:first-child, :scope > p > strong:first-child")?.textContent;
    const known = found.get(place) ?? { at: place, kind: place.split("/")[0], name: part.textContent.trim(), trials: 0, why: new Set() };
    known.trials = Math.max(known.trials, trials);
    known.why.add(part.closest(".sites") ? AT_A_SITE[known.kind] ?? "" : (label && !label.includes(part.textContent) ? label : heading).trim());
    found.set(place, known);
  }
  const kind = main.querySelector(".kicker")?.textContent ?? "";
  return {
    at, kind: KINDS[at.split("/")[0]][1], kicker: kind, href: here.href,
    name: main.querySelector("h1").firstChild.textContent.trim(), neighbours: [...found.values()],
  };
}

function fill(node) {
  const kinds = Object.keys(KINDS).map((kind) => [kind, node.neighbours.filter((one) => one.kind === kind)]).filter(([, all]) => all.length);
  for (const [, all] of kinds) all.sort((a, b) => b.trials - a.trials);
  const parts = kinds.map(([kind, all]) => group(kind, all, node));
  // Two columns of about one height.
  const heights = kinds.map(([, all]) => Math.min(all.length, MOST) + 1.5);
  const half = heights.reduce((sum, height) => sum + height, 0) / 2;
  let height = 0;
  const left = [], right = [];
  parts.forEach((part, index) => {
    (height + heights[index] / 2 <= half || !left.length ? left : right).push(part);
    height += heights[index];
  });
  const title = element("h2", { tabindex: "-1", id: "in-the-middle" }, node.name);
  const middle = element("div", { class: "graph__middle" },
    element("span", { class: "kicker" }, node.kind), title, element("a", { href: node.href }, gettext("Read its page")));
  const steps = walked.filter((step) => step.at !== node.at).slice(-6);
  stage.replaceChildren(
    ...(steps.length ? [element("nav", { class: "graph__walked", "aria-label": gettext("Walked so far") }, ...steps.map((step) => element("a", { href: `?at=${step.at}` }, step.name)))] : []),
    element("div", { class: "graph__field" },
      document.createElementNS(SVG, "svg"),
      middle, element("div", { class: "graph__side" }, ...left), element("div", { class: "graph__side" }, ...right)),
  );
  stage.querySelector("svg").setAttribute("aria-hidden", "true");
  document.title = `${node.name} – ${document.title.split(" – ").slice(-2).join(" – ")}`;
  draw();
}

/** Return the neighbours of one kind: the first of them, and the others on demand. */
function group(kind, all, node) {
  const list = element("ul", {});
  const add = (ones) => list.append(...ones.map((one) => element("li", {}, link(one))));
  add(all.slice(0, MOST));
  const part = element("section", { class: `graph__kind graph__kind--${kind}` }, element("h3", {}, `${KINDS[kind][0]} (${number(all.length)})`), list);
  if (all.length > MOST) {
    const more = element("button", { type: "button" }, gettext("{count} more", { count: number(all.length - MOST) }));
    more.addEventListener("click", () => {
      const first = list.children.length;
      add(all.slice(MOST));
      more.remove();
      list.children[first].firstChild.focus();
      draw();
    });
    part.append(more);
  }
  part.setAttribute("aria-label", gettext("{kind} of {name}", { kind: KINDS[kind][0], name: node.name }));
  return part;
}

function link(one) {
  const why = [...one.why].filter(Boolean).slice(0, 2).join(", ");
  const about = [why, one.trials > 1 ? ngettext("{n} trial", "{n} trials", one.trials) : ""].filter(Boolean).join(" · ");
  const made = element("a", { href: `?at=${one.at}` }, element("b", {}, one.name));
  if (about) made.append(" ", element("small", {}, about));
  return made;
}

/** Draw the lines from the middle to its neighbours, where there is room for them. */
function draw() {
  const svg = stage.querySelector("svg"), middle = stage.querySelector(".graph__middle");
  if (!svg || !middle) return;
  const field = svg.parentNode.getBoundingClientRect(), centre = middle.getBoundingClientRect();
  svg.replaceChildren();
  svg.setAttribute("viewBox", `0 0 ${field.width} ${field.height}`);
  for (const one of stage.querySelectorAll(".graph__kind li > a")) {
    const box = one.getBoundingClientRect();
    const onLeft = box.right <= centre.left + 1;
    if (!onLeft && box.left < centre.right - 1) return svg.replaceChildren();
    const x1 = (onLeft ? centre.left : centre.right) - field.left, y1 = centre.top + centre.height / 2 - field.top;
    const x2 = (onLeft ? box.right : box.left) - field.left, y2 = box.top + box.height / 2 - field.top, bend = (x1 + x2) / 2;
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("d", `M${x1} ${y1}C${bend} ${y1} ${bend} ${y2} ${x2} ${y2}`);
    line.setAttribute("class", one.closest("section").className.split(" ")[1]);
    svg.append(line);
  }
}
