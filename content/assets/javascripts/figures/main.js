/* Loads what the pictures and lists of a page can do more with a script, and nothing where a page has none. */

import { gettext } from "../language.js";
import { headingAt, pageName } from "../study/paths.js";
import { hasLongLists, pageLists } from "./pages.js";

const MANY_ROWS = 6;

/** Return what follows the trials and the pictures of a name's page: its next heading, else an empty place at its end. */
function afterTrials() {
  const found = headingAt("shares-most-trials-with", "belonging-to-it", "related", "how-the-name-is-written", "not-the-same", "possibly-the-same");
  if (found) return found;
  const end = document.createElement("span");
  document.querySelector("article").append(end);
  return end;
}

/** Give this page what belongs to it. */
export function startFigures() {
  if (hasLongLists()) pageLists();
  const graph = document.querySelector("[data-graph]");
  if (graph) import("./graph.js").then(({ walk }) => walk(graph));
  else {
    const said = document.querySelector(".entity-head > p:last-of-type");
    if (said) {
      const walk = document.createElement("a");
      walk.href = `../../graph/?at=${pageName()}`;
      walk.textContent = gettext("Connections from here");
      said.append(" ", walk);
    }
    if (document.querySelector("figure.map")) import("./map.js").then(({ startMaps }) => startMaps());
    const rows = document.querySelectorAll(".rows > ul > li");
    const next = document.querySelector(".entity-head") && !document.getElementById("when") && afterTrials();
    if (next && rows.length > 1) import("./spans.js").then(({ drawSpans }) => drawSpans([...rows], next));
    if (rows.length >= MANY_ROWS && !document.querySelector(".hero, .trial-head")) import("./rows.js").then(({ filterRows }) => filterRows([...rows]));
    const names = document.querySelector("[data-filter-names]");
    if (names) import("./names.js").then(({ filterNames }) => filterNames(names));
    if (rows.length > 1 && !document.querySelector(".hero")) import("../compare/ticks.js").then(({ tickRows }) => tickRows(rows));
  }
}
