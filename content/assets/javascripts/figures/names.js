/* Long lists of names: a field that shows only the names in which what is typed stands. */

import { gettext, number } from "../language.js";
import { fold } from "../search/words.js";

/** Put a field into the place that a list of names keeps for it. */
export function filterNames(place) {
  const items = [...document.querySelectorAll(".index > ul > li")].map((item) => ({ item, text: fold(item.textContent) }));
  const input = document.createElement("input");
  input.type = "search";
  input.autocomplete = "off";
  input.placeholder = place.dataset.filterNames;
  input.setAttribute("aria-label", place.dataset.filterNames);
  const told = document.createElement("output");
  const show = () => {
    const wanted = fold(input.value.trim()).split(/\s+/);
    let shown = 0;
    for (const { item, text } of items) {
      item.hidden = !wanted.every((word) => text.includes(word));
      shown += !item.hidden;
    }
    for (const list of document.querySelectorAll(".index")) {
      list.hidden = [...list.querySelectorAll(":scope > ul > li")].every((item) => item.hidden);
      if (list.previousElementSibling?.matches("h2")) list.previousElementSibling.hidden = list.hidden;
    }
    told.textContent = shown === items.length ? "" : gettext("{shown} of {all}", { shown: number(shown), all: number(items.length) });
  };
  input.addEventListener("input", show);
  place.replaceChildren(input, told);
  if (input.value) show();
}
