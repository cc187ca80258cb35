/* Loads what the pictures and lists of a page can do more with a script, and nothing where a page has none. */

const MANY_ROWS = 6;

const graph = document.querySelector("[data-graph]");
if (graph) import("./graph.js").then(({ walk }) => walk(graph));
else {
  if (document.querySelector("figure.map")) import("./map.js").then(({ linkDots }) => linkDots());
  const rows = document.querySelectorAll(".rows > ul > li");
  if (rows.length >= MANY_ROWS && !document.querySelector(".hero, .trial-head")) import("./rows.js").then(({ sift }) => sift([...rows]));
}
