/* A field that finds a trial by words, name or number, and tells its id. */

import { gettext, ngettext } from "../language.js";
import { catalog, element, load } from "../search/site.js";
import { fold } from "../search/words.js";
import { asId, slug } from "./record.js";
import { status } from "./words.js";

const MOST = 7;

/** Return trials that the words may mean: `{id, title, more}`, the best first. */
export async function trialsLike(query) {
  return (await catalog()) ? byIndex(query) : byList(query);
}

async function byIndex(query) {
  const [{ search }, { fromAddress }] = await Promise.all([import("../search/engine.js"), import("../search/state.js")]);
  const labels = (await catalog()).labels, found = new Map();
  const hits = await search({ ...fromAddress(""), q: query }, []);
  const add = (url, number, entry) => {
    const path = url.replace(/^\/?trials\//, "").replace(/\/$/, "");
    const id = [number].flat().find((text) => text && slug(text) === path) ?? path;
    if (!found.has(id)) found.set(id, { id, ...entry });
  };
  for (const name of hits.named.names.filter(({ kind }) => kind === "trial").slice(0, MOST))
    add(name.url, name.others, { title: name.title, more: name.others.slice(0, 2).join(" · ") });
  for (const data of await Promise.all(hits.results.slice(0, MOST).map((result) => result.data())))
    add(data.raw_url, data.meta.number, { title: data.meta.title, more: [data.meta.number || gettext("no registry number in these documents"), labels.status?.[data.meta.status] ?? ""].filter(Boolean).join(" · ") });
  return [...found.values()].slice(0, MOST);
}

async function byList(query) {
  const list = (await load("api/v2/studies.json"))?.studies ?? [], wanted = fold(query).split(/\s+/).filter(Boolean);
  const text = (entry) => fold([entry.id, entry.acronym, entry.briefTitle, ...(entry.conditions ?? [])].filter(Boolean).join(" "));
  return list.filter((entry) => wanted.every((word) => text(entry).includes(word))).slice(0, MOST)
    .map((entry) => ({ id: entry.id, title: entry.briefTitle ?? entry.id, more: `${entry.id} · ${status(entry.overallStatus).label}` }));
}

/** Return a form with the field; `pick` is called with the id that is chosen. */
export function picker(id, label, words, pick) {
  const list = element("ul", { class: "picker__list", role: "listbox", id: `${id}-list`, "aria-label": gettext("Trials found"), hidden: true });
  const field = element("input", { type: "search", id, name: "add", autocomplete: "off", role: "combobox", "aria-expanded": "false", "aria-controls": list.id, "aria-autocomplete": "list", placeholder: gettext("Words or number") });
  const said = element("span", { class: "sr-only", role: "status" });
  const form = element("form", { class: "picker" }, element("label", { for: id }, label), element("div", { class: "picker__line" }, field, element("button", { type: "submit" }, words), list), said);
  let shown = [], active = -1, asked = 0, waiting;
  const close = () => {
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
    activate(-1);
  };
  const activate = (index) => {
    active = index;
    [...list.children].forEach((option, number) => { option.setAttribute("aria-selected", String(number === index)); });
    if (list.children[index]) {
      field.setAttribute("aria-activedescendant", list.children[index].id);
      list.children[index].scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const choose = (entry) => {
    asked++;
    field.value = "";
    close();
    pick(entry.id);
  };
  const find = async () => {
    const query = field.value.trim(), turn = ++asked;
    const found = query ? await trialsLike(query) : [];
    if (turn !== asked) return found;
    shown = found;
    list.replaceChildren(...found.map((entry, index) => {
      const option = element("li", { role: "option", id: `${id}-${index}`, "aria-selected": "false" }, element("span", { class: "picker__title" }, entry.title), element("span", { class: "picker__more" }, entry.more));
      option.addEventListener("click", () => choose(entry));
      return option;
    }));
    if (!found.length) return close() ?? found;
    activate(-1);
    list.hidden = document.activeElement !== field;
    field.setAttribute("aria-expanded", String(!list.hidden));
    said.textContent = ngettext("{n} found", "{n} found", found.length);
    return found;
  };
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && shown.length) {
      event.preventDefault();
      list.hidden = false;
      field.setAttribute("aria-expanded", "true");
      const next = active + (event.key === "ArrowDown" ? 1 : -1);
      activate(next < -1 ? shown.length - 1 : next >= shown.length ? -1 : next);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    if (shown[active]) return choose(shown[active]);
    const typed = field.value.trim();
    if (!typed) return;
    const found = await find(), known = found.find((entry) => slug(entry.id) === slug(asId(typed))) ?? found[0];
    if (known) choose(known);
    else said.textContent = gettext("No trial found");
    form.classList.toggle("picker--nothing", !known);
  });
  return form;
}
