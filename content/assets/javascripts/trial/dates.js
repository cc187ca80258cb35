/* Where today is on the scale of a trial's dates, by the reader's clock. */

/** Draw today on `scale`, an item with the years that it spans; beyond its end an arrow says so. */
export function markToday(scale, now) {
  const first = Date.UTC(scale.dataset.first, 0), end = Date.UTC(scale.dataset.end, 0);
  const share = (now - first) / (end - first);
  if (!(share >= 0)) return;
  const after = share > 1, x = `${Math.min(100, 100 * share).toFixed(1)}%`;
  const draw = (name, attributes, text = "") => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.textContent = text;
    return made;
  };
  scale.firstElementChild.append(
    draw("line", { class: "today", x1: x, x2: x, y1: 16, y2: "100%" }),
    draw("text", { class: "today", x, y: 26, dx: share > 0.8 ? -4 : 4, "text-anchor": share > 0.8 ? "end" : "start" }, after ? "today →" : "today"),
  );
  scale.classList.add("scale--today");
}
