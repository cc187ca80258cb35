/* The search field in the header of every page: names and trials while one types, everything on the search page. */

import { gettext, ngettext, withElements } from "../language.js";
import { catalog, element, root } from "./site.js";
import { closeNumbers, words } from "./words.js";

const MOST_NAMES = 4, MOST_TRIALS = 5;

/** Give a form with one field the list of what is found. */
export function openBox(form) {
  const field = form.querySelector("input[name=q]");
  if (!field || field.dataset.listens) return;
  field.dataset.listens = "true";
  field.autocomplete = "off";
  field.maxLength = 300;
  const id = `${field.id || "search-box"}-list`;
  const list = element("div", { class: "search-list", role: "listbox", id, "aria-label": gettext("Found"), hidden: true });
  const said = element("span", { class: "sr-only", role: "status", "aria-live": "polite" });
  form.append(list, said);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-controls": id, "aria-autocomplete": "list" })) field.setAttribute(name, value);
  let asked = 0, active = -1, waiting;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const show = (open) => {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) activate(-1);
  };
  const activate = (index) => {
    const all = options();
    active = index;
    all.forEach((option, number) => { option.setAttribute("aria-selected", String(number === index)); });
    if (all[index]) {
      field.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    } else field.removeAttribute("aria-activedescendant");
  };
  const option = (url, ...content) => {
    const made = element("a", { role: "option", id: `${id}-${list.dataset.made++}`, href: url, tabindex: "-1", "aria-selected": "false", class: "search-option" }, ...content);
    return made;
  };
  const group = (title, items) => element("div", { role: "group", "aria-label": title }, element("div", { class: "search-list__title", "aria-hidden": "true" }, title), items);

  async function find() {
    const query = field.value.trim(), turn = ++asked;
    if (!query) return show(false);
    const all = new URL(`search/?${new URLSearchParams({ q: query })}`, root).href;
    const groups = (await catalog()) ? await found(query) : await foundByTheme(query);
    if (turn !== asked || !groups) return;
    list.dataset.made = 0;
    const parts = groups.shown.map(([title, entries]) => group(title, entries.map((entry) => option(entry.url, ...entry.content))));
    if (groups.note) parts.unshift(element("div", { class: "search-list__note" }, groups.note));
    parts.push(option(all, element("span", { class: "search-option__all" }, groups.total === 0 ? gettext("Nothing found. Search with filters") : gettext("All results for “{query}”", { query }))));
    list.replaceChildren(...parts);
    activate(-1);
    show(document.activeElement === field);
    list.dataset.ready = query;
    const suggestions = ngettext("{n} suggestion", "{n} suggestions", options().length - 1);
    said.textContent = groups.total === 0 ? gettext("Nothing found") : gettext("{suggestions}, {trials} in all", { suggestions, trials: ngettext("{n} trial", "{n} trials", groups.total) });
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(find, 90);
  });
  field.addEventListener("focus", () => {
    catalog();
    import("./engine.js").then(({ start }) => start());
    if (field.value.trim()) find();
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault(); // else the browser clears the field, too
      show(false);
    } else if (["ArrowDown", "ArrowUp"].includes(event.key) && all.length) {
      event.preventDefault();
      if (list.hidden) show(true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active + step < -1 ? all.length - 1 : active + step >= all.length ? -1 : active + step);
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      all[active].click();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
}

async function found(query) {
  const [{ KINDS }, { search }, { fromAddress }, { marked }] = await Promise.all([import("./names.js"), import("./engine.js"), import("./state.js"), import("./hits.js")]);
  const labels = (await catalog()).labels;
  const hits = await search({ ...fromAddress(""), q: query }, []);
  const named = hits.named;
  const trials = await Promise.all(hits.results.slice(0, MOST_TRIALS).map((result) => result.data()));
  const urlOf = (data) => data.raw_url.replace(/^\//, "");
  const terms = words(closeNumbers(query)).map((word) => named.corrections.get(word) ?? word);
  const asTrial = (title, url, more) => ({ url: new URL(url, root).href, content: [
    element("span", { class: "search-option__name" }, marked(title, terms)), element("span", { class: "search-option__more" }, more)] });
  const direct = named.names.filter((name) => name.kind === "trial" && name.score >= 40).slice(0, named.numbers.length ? MOST_TRIALS : 2);
  const exactTrial = direct.some((name) => name.score >= 99);
  const jumps = named.names.filter((name) => name.kind !== "trial" && name.score >= 20).slice(0, MOST_NAMES).map((name) => ({
    url: new URL(name.url, root).href,
    content: [element("span", { class: "search-option__name" }, marked(name.title, terms)),
      element("span", { class: "search-option__more" }, [KINDS[name.kind], name.hint, name.trials ? ngettext("{n} trial", "{n} trials", name.trials) : ""].filter(Boolean).join(" · "),
        ...(name.by ? [" · ", ...withElements(gettext("“{words}”"), { words: marked(name.by, terms) })] : []))] }));
  const directItems = direct.map((name) => asTrial(name.title, name.url, marked((name.by ? [name.by] : name.others.slice(0, 2)).join(" · "), terms)));
  const seen = new Set(direct.map((name) => name.url));
  const trialItems = [...directItems, ...trials.filter((data) => !seen.has(urlOf(data))).map((data) =>
    asTrial(data.meta.title, urlOf(data), [data.meta.number || gettext("no registry number in these documents"), data.meta.status ? labels.status?.[data.meta.status] ?? data.meta.status : ""].filter(Boolean).join(" · ")))].slice(0, MOST_TRIALS);
  const shown = [[gettext("Names"), jumps], [gettext("Trials"), trialItems]].filter(([, entries]) => entries.length);
  if (exactTrial) shown.reverse();
  const mended = hits.corrected ?? (named.corrections.size && !hits.results.length ? terms.join(" ") : null);
  return { shown, total: hits.results.length + jumps.length, note: mended ? gettext("Nothing is written “{query}”: this is for “{mended}”", { query, mended }) : null };
}

async function foundByTheme(query) {
  const { searchWithTheme } = await import("./material.js");
  const pages = await searchWithTheme(query);
  if (!pages) return null;
  const entries = pages.slice(0, 8).map((page) => ({ url: page.url, content: [element("span", { class: "search-option__name" }, page.title), element("span", { class: "search-option__more" }, page.text)] }));
  return { shown: entries.length ? [[gettext("Pages"), entries]] : [], total: pages.length, note: null };
}
