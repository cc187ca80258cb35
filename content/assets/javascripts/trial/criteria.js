/* Criteria become lists to tick, for the reader's own notes.  Nothing leaves the page, and nothing is kept unless asked. */

const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

const BLOCKS = "ul, ol, p, dl, table";

/** Put a box before each criterion of the page, and count what is ticked below them. */
export function makeTickable() {
  const groups = [...document.querySelectorAll(".criteria__column, .criteria-whole")];
  const boxes = groups.flatMap((group) => [...group.querySelectorAll(":scope > :is(ul, ol) > li")].map(withBox));
  if (!boxes.length) return;
  const place = `ticks ${location.pathname}`;
  const said = make("span", { role: "status" });
  const keep = make("input", { type: "checkbox" });
  const clear = make("button", { type: "button" }, "Clear");
  const number = (within) => within.filter((box) => box.checked).length;
  const change = () => {
    const columns = groups.map((group) => [group.querySelector("h4"), boxes.filter((box) => group.contains(box))]);
    const parts = columns.filter(([heading, own]) => heading && own.length)
      .map(([heading, own]) => `${heading.firstChild.textContent.replace(/ criteria.*/, "").toLowerCase()} ${number(own)} of ${own.length}`);
    said.textContent = `Ticked: ${parts.join(", ") || `${number(boxes)} of ${boxes.length}`}.`;
    clear.hidden = !number(boxes);
    try {
      if (keep.checked) sessionStorage.setItem(place, boxes.map((box) => Number(box.checked)).join(""));
      else sessionStorage.removeItem(place);
    } catch { /* a browser that keeps nothing */ }
  };
  try {
    const kept = sessionStorage.getItem(place);
    if (kept?.length === boxes.length) {
      keep.checked = true;
      boxes.forEach((box, index) => { box.checked = kept[index] === "1"; });
    }
  } catch { /* a browser that keeps nothing */ }
  for (const box of [...boxes, keep]) box.addEventListener("change", change);
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    change();
    boxes[0].focus();
  });
  const words = "For your own notes: only the trial’s team can say who can take part.";
  const keeping = make("label", {}, keep, " Keep my ticks until this tab is closed");
  const bar = make("div", { class: "ticks" }, said, clear, keeping, make("small", {}, words));
  (document.querySelector(".criteria") ?? groups.at(-1)).after(bar);
  change();
}

function withBox(item) {
  const box = make("input", { type: "checkbox" });
  const begins = [...item.childNodes].find((node) => node.nodeType === Node.ELEMENT_NODE || node.textContent.trim());
  const first = begins?.nodeName === "P" ? begins : item;
  const inner = [];
  for (const node of first.childNodes) {
    if (node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS)) break;
    inner.push(node);
  }
  const label = make("label");
  first.prepend(label);
  label.append(box, make("span", {}, ...inner));
  item.classList.add("tickable");
  return box;
}
