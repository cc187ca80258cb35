/* The to-do list of one sponsor: its remarks stay, the others are hidden.  The address says whose list it is. */

import { count, element } from "../search/site.js";
import { fold } from "../search/words.js";

const FEW = 2;

/** Put a field above the list, and follow the address. */
export function narrowTasks(place) {
  const remarks = [...document.querySelectorAll(".entries > ul > li")].map((item) => ({
    item, names: [...item.querySelectorAll(".todo-sponsor a")].map((link) => link.textContent) }));
  const names = [...new Set(remarks.flatMap((remark) => remark.names))].sort((a, b) => a.localeCompare(b));
  if (names.length < FEW) return;
  const field = element("input", { type: "search", id: "todo-sponsor", list: "todo-sponsors", autocomplete: "off", placeholder: "All sponsors" });
  const said = element("span", { role: "status" });
  place.append(element("label", { for: field.id }, "Only trials of this sponsor"), " ", field, " ", said, element("datalist", { id: "todo-sponsors" }, names.map((name) => element("option", { value: name }))));
  const show = () => {
    const wanted = fold(field.value).trim();
    let left = 0;
    for (const { item, names: own } of remarks) {
      item.hidden = Boolean(wanted) && !own.some((name) => fold(name).includes(wanted));
      if (!item.hidden) left++;
    }
    for (const list of document.querySelectorAll(".entries")) {
      const none = ![...list.querySelectorAll(":scope > ul > li")].some((item) => !item.hidden);
      for (let part = list; part && part.tagName !== "H2"; part = part.previousElementSibling) part.hidden = none;
      let heading = list;
      while (heading && heading.tagName !== "H2") heading = heading.previousElementSibling;
      if (heading) heading.hidden = none;
    }
    said.textContent = wanted ? `${left.toLocaleString()} of ${count(remarks.length, "remark")}${left ? "" : ": choose a name from the list"}` : "";
    place.dataset.ready = wanted;
  };
  const follow = () => {
    field.value = (new URLSearchParams(location.search).get("sponsor") ?? "").slice(0, 200);
    show();
  };
  field.addEventListener("input", () => {
    const wanted = field.value.trim();
    history.replaceState(null, "", wanted ? `?${new URLSearchParams({ sponsor: wanted })}` : location.pathname);
    show();
  });
  addEventListener("popstate", follow);
  follow();
}
