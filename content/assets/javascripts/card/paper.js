/* One sheet: what is printed fits on it, or says what does not. */

import { gettext, ngettext } from "../language.js";

/** Papers: millimetres of the sheet and of its margin, numbers of columns to try. */
export const PAPERS = {
  a4: { label: "A4", name: gettext("A4, to fold twice"), width: 210, height: 297, margin: 10, columns: [2, 3] },
  a5: { label: "A5", name: "A5", width: 148, height: 210, margin: 8, columns: [2] },
  a6: { label: "A6", name: gettext("A6, postcard"), width: 105, height: 148, margin: 5, columns: [1, 2] },
};
/** What a card says of criteria that do not fit, by their kind. */
const LEFT = {
  inclusion: (out) => ngettext("{n} more inclusion criterion on the trial’s page", "{n} more inclusion criteria on the trial’s page", out),
  exclusion: (out) => ngettext("{n} more exclusion criterion on the trial’s page", "{n} more exclusion criteria on the trial’s page", out),
  whole: (out) => ngettext("{n} more criterion on the trial’s page", "{n} more criteria on the trial’s page", out),
};
/** Points; smaller than the last one nobody reads on paper. */
const SIZES = [10, 9.5, 9, 8.5, 8, 7.5, 7, 6.5];
const SPARE = 2;

let sheet = null;

/** Tell the browser which paper to print on. */
export function setPaper(name) {
  const { width, height, margin } = PAPERS[name];
  if (!sheet) {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }
  sheet.replaceSync(`@page { size: ${width}mm ${height}mm; margin: ${margin}mm; }`);
}

const unmark = (card) => {
  for (const mark of card.querySelectorAll(".card__continued")) mark.remove();
};

/** Put the title of a list above each of its columns but the first. */
function markContinued(section, items) {
  const title = section.querySelector("h3").textContent, leftOf = (item) => item.getBoundingClientRect().left;
  const shown = items.filter((item) => !item.hidden);
  for (const [at, item] of shown.entries()) {
    if (!at || leftOf(item) - leftOf(shown[at - 1]) < 20) continue;
    const mark = document.createElement("li");
    mark.className = "card__continued";
    mark.textContent = gettext("{title} (continued)", { title });
    item.before(mark);
  }
}

/**
 * Make the card fit on one sheet: smaller letters down to what can be read, then fewer criteria, with a line that says how
 * many are left out.  Returns the size of the letters in points and how many criteria are left out.
 */
export function fit(card, name) {
  const { width, height, margin, columns } = PAPERS[name], room = ((height - 2 * margin - SPARE) / 25.4) * 96;
  card.dataset.paper = name;
  card.style.setProperty("--card-width", `${width - 2 * margin}mm`);
  card.style.setProperty("--card-height", `${height - 2 * margin - SPARE / 2}mm`);
  const sections = [...card.querySelectorAll("section[data-kind]")].map((section) => ({ section, items: [...section.querySelectorAll("li")], left: section.querySelector(".card__left") }));
  const set = (size, number) => {
    card.style.setProperty("--card-size", `${size}pt`);
    card.style.setProperty("--card-columns", number);
  };
  const fits = () => card.getBoundingClientRect().height <= room;
  const keep = (share) => {
    let out = 0;
    for (const { items, section, left } of sections) {
      const kept = Math.ceil(items.length * share), boxes = items.slice(kept).filter((item) => !item.classList.contains("card__heading")).length;
      items.forEach((item, index) => { item.hidden = index >= kept; });
      left.hidden = !boxes;
      left.textContent = LEFT[section.dataset.kind](boxes);
      out += boxes;
    }
    return out;
  };
  // A list that goes on in the next column says again what it is.
  const fitsContinued = () => {
    unmark(card);
    if (!fits()) return false;
    for (const { section, items } of sections) markContinued(section, items);
    return fits();
  };
  card.classList.add("card--measured");
  card.classList.remove("card--short");
  keep(1);
  let size = SIZES.at(-1), left = 0;
  const found = SIZES.flatMap((points) => columns.map((number) => [points, number])).find(([points, number]) => {
    set(points, number);
    return fitsContinued();
  });
  if (found) [size] = found;
  else {
    const most = Math.max(1, ...sections.map(({ items }) => items.length));
    keep(0);
    unmark(card);
    if (!fits()) card.classList.add("card--short");
    let low = 0, high = most;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      keep(middle / most);
      if (fitsContinued()) low = middle;
      else high = middle - 1;
    }
    left = keep(low / most);
    fitsContinued();
  }
  card.classList.remove("card--measured");
  return { size, left };
}
