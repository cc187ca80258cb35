/* Long lists of names and of a trial's sites: a field that shows only those in which what is typed stands, choices by
   role and by what recruits, and an order. */

import { gettext, number } from "../language.js";
import { element } from "../search/site.js";
import { fold } from "../search/words.js";
import { repage } from "./pages.js";

/** Put the field and the choices into the place that a list of names keeps for them. */
export function filterNames(place) {
  const items = [...document.querySelectorAll(":is(.index, .sites) > ul > li")].map((item, at) => {
    const { trials = 0, recruiting = 0 } = item.querySelector("small")?.dataset ?? {};
    const roles = [...item.querySelectorAll("small > i")].map((role) => role.textContent);
    const country = item.closest("details")?.firstElementChild.textContent ?? "";
    return { item, at, list: item.parentElement, text: fold(`${item.textContent} ${country}`), trials: Number(trials), recruiting: Number(recruiting), roles };
  });
  const field = element("input", { type: "search", autocomplete: "off", placeholder: place.dataset.filterNames, "aria-label": place.dataset.filterNames });
  const roles = [...new Set(items.flatMap((one) => one.roles))].sort((a, b) => a.localeCompare(b));
  const role = element("select", { "aria-label": gettext("Role") }, element("option", { value: "" }, gettext("Any role")), roles.map((name) => element("option", { value: name }, name)));
  const order = element("select", { "aria-label": gettext("Order") }, element("option", { value: "" }, gettext("As listed")), element("option", { value: "trials" }, gettext("Most trials first")));
  const open = element("input", { type: "checkbox" });
  const told = element("output");
  const show = () => {
    const wanted = fold(field.value.trim()).split(/\s+/);
    let shown = 0;
    for (const { item, text, recruiting, roles: own } of items) {
      item.hidden = !wanted.every((word) => text.includes(word)) || (open.checked && !recruiting) || (role.value !== "" && !own.includes(role.value));
      shown += Number(!item.hidden);
    }
    const sorted = order.value ? items.toSorted((a, b) => b.trials - a.trials || a.at - b.at) : items;
    if (order.isConnected) for (const { list, item } of sorted) list.append(item);
    for (const list of document.querySelectorAll(".index, .sites")) {
      const country = list.closest("details");
      list.hidden = [...list.querySelectorAll(":scope > ul > li")].every((item) => item.hidden);
      if (list.previousElementSibling?.matches("h2")) list.previousElementSibling.toggleAttribute("hidden", list.hidden);
      if (country) {
        country.hidden = list.hidden;
        country.open = wanted[0] !== "" && !list.hidden;
      }
    }
    told.textContent = shown === items.length ? "" : gettext("{shown} of {all}", { shown: number(shown), all: number(items.length) });
    repage();
  };
  place.addEventListener("input", show);
  place.replaceChildren(field);
  if (roles.length > 1) place.append(role);
  if (items.some((one) => one.trials !== items[0].trials)) place.append(order);
  if (items.some((one) => one.recruiting)) place.append(element("label", {}, open, gettext("with trials said to be recruiting")));
  place.append(told);
  if (field.value) show(); // as the browser kept it
}
