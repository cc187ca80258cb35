/* The to-do list of one sponsor: its flags stay, those of others are hidden, and what stands on pages of its own is
   fetched from there.  The address says whose list it is. */

import { gettext, ngettext, number, withElements } from "../language.js";
import { element, load, root } from "../search/site.js";
import { fold } from "../search/words.js";
import { repage } from "../figures/pages.js";

const FEW = 2, MOST_OF_A_KIND = 200;

/** Put a field above the list, and follow the address. */
export async function narrowTasks(place) {
  const tasks = await load("flags/tasks.json");
  if (!tasks || tasks.sponsors.length < FEW) return place.remove();
  const sponsors = tasks.sponsors.map(([name, others, ...shares]) => ({
    name, others, shares, forms: [name, ...others].map((spelling) => fold(spelling)) }));
  const kinds = tasks.kinds.map(([code, pages], index) => kindOn(code, pages, index, tasks.limit)).filter(Boolean);
  const alone = kinds.length < tasks.kinds.length;
  const field = element("input", { type: "search", id: "todo-sponsor", list: "todo-sponsors", autocomplete: "off", spellcheck: "false", placeholder: gettext("All sponsors") });
  const said = element("span", { role: "status" });
  place.replaceChildren(element("label", { for: field.id }, gettext("Only trials of this sponsor")), " ", field, " ", said,
    element("datalist", { id: "todo-sponsors" }, sponsors.map(({ name }) => element("option", { value: name }))));
  let asked = 0;

  const show = async () => {
    const turn = ++asked, typed = field.value.trim(), wanted = fold(typed);
    const meant = wanted ? meantBy(wanted, sponsors) : [];
    const shares = meant.flatMap((sponsor) => sponsor.shares);
    const numbersOf = ({ index }) => [...new Set(shares.filter(([kind]) => kind === index).flatMap(([, ...runs]) => spread(runs)))].sort((a, b) => a - b);
    const left = kinds.map(numbersOf);
    const shown = await Promise.all(kinds.map((kind, at) => kind.prepare(wanted ? left[at] : null)));
    if (turn !== asked) return;
    for (const showKind of shown) showKind(); // all at once, so that nothing moves twice
    if (wanted !== (place.dataset.ready ?? "")) repage({ first: place.dataset.ready !== undefined });
    said.replaceChildren(...(wanted ? words(typed, wanted, meant, left.flat().length) : []));
    place.dataset.ready = wanted;
  };
  const words = (typed, wanted, meant, left) => {
    const all = alone ? kinds.reduce((sum, kind) => sum + kind.total, 0) : tasks.flags;
    const flags = ngettext("{shown} of {n} flag", "{shown} of {n} flags", all, { shown: number(left) });
    if (!meant.length) return [gettext("{flags}: choose a name from the list", { flags })];
    const only = meant.length === 1 ? meant[0] : null, found = [flags];
    if (only && !only.forms[0].includes(wanted)) {
      const spelling = only.others[only.forms.findIndex((form) => form.includes(wanted)) - 1];
      found[0] = gettext("{flags}: “{spelling}” is another spelling of {name}", { flags, spelling, name: only.name });
    }
    if (alone) found.push(". ", element("a", { href: new URL(`flags/?${new URLSearchParams({ sponsor: typed })}`, root).href }, gettext("All kinds")));
    return found;
  };
  const follow = () => {
    field.value = (new URLSearchParams(location.search).get("sponsor") ?? "").slice(0, 200);
    return show();
  };
  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const typed = field.value.trim();
      history.replaceState(null, "", typed ? `?${new URLSearchParams({ sponsor: typed })}` : location.pathname);
      show();
    }, 150);
  });
  addEventListener("popstate", follow);
  await follow();
}

/** Return all numbers of runs, of each of which the first and last is given. */
function spread(runs) {
  const numbers = [];
  for (let at = 0; at < runs.length; at += 2)
    for (let one = runs[at]; one <= runs[at + 1]; one++) numbers.push(one);
  return numbers;
}

/** Return the sponsors that are called so; where none is, those in one of whose spellings the words stand. */
function meantBy(wanted, sponsors) {
  const exact = sponsors.filter(({ forms }) => forms.includes(wanted));
  return exact.length ? exact : sponsors.filter(({ forms }) => forms.some((form) => form.includes(wanted)));
}

/** Return a kind of flags as this page shows it; null where it does not. */
function kindOn(code, pages, index, limit) {
  const task = document.getElementById(`kind-${code}`);
  if (!task) return null;
  const parts = [];
  for (let /** @type {Element} */ part = task.closest("h2 ~ *"); part && part.tagName !== "H2"; part = part.nextElementSibling) parts.push(part);
  const heading = parts[0]?.previousElementSibling;
  const list = parts.find((part) => part.matches(".entries")), links = parts.find((part) => part.matches(".parts"));
  const items = new Map([...(list?.querySelectorAll(":scope > ul > li") ?? [])].map((item) => [Number(item.querySelector("[id]")?.id.slice(code.length + 1)), item]));
  const title = heading && [...heading.childNodes].find((node) => node.nodeType === Node.TEXT_NODE), whole = title?.textContent;
  const total = Number(whole?.match(/\((\D*\d[^)]*)\)\s*$/)?.[1].replace(/\D/g, "")) || items.size;
  let fetched = null;

  /** Fetch what of the flags with these numbers is not here, null for all of them; return what shows them. */
  const prepare = async (wanted) => {
    let far = null, isWhole = true;
    if (wanted?.length && !list) {
      const near = wanted.slice(0, MOST_OF_A_KIND), left = wanted.slice(near.length);
      const found = await Promise.all(pageNumbers(near, limit).map((page) => flagsOn(pages[page])));
      const known = new Map(found.flatMap((entries) => [...entries]));
      isWhole = near.every((one) => known.has(`${code}:${one}`));
      const more = left.length ? element("p", {}, withElements(ngettext("{n} more flag: {pages}", "{n} more flags: {pages}", left.length), {
        pages: pageNumbers(left, limit).flatMap((page, at) => [at ? ", " : "", element("a", { href: new URL(pages[page], root).href }, gettext("page {number}", { number: number(page + 1) }))]) })) : null;
      far = element("div", { class: "entries" }, element("ul", { class: "paged" }, near.map((one) => known.get(`${code}:${one}`))), more);
    }
    return () => show(wanted, far, isWhole);
  };
  const show = (wanted, far, isWhole) => {
    for (const part of [heading, ...parts]) if (part) part.hidden = Boolean(wanted && !wanted.length);
    fetched?.remove();
    fetched = far;
    if (far) parts.at(-1).after(far);
    if (links) links.hidden = Boolean(wanted && isWhole);
    const chosen = wanted && new Set(wanted);
    for (const [one, item] of items) item.hidden = Boolean(chosen && !chosen.has(one));
    if (title) title.textContent = wanted ? whole.replace(/\(([^()]*)\)(\s*)$/, (_, all, end) => `(${gettext("{shown} of {all}", { shown: number(wanted.length), all })})${end}`) : whole;
  };
  return { index, total, prepare };
}

const pageNumbers = (numbers, limit) => [...new Set(numbers.map((one) => Math.floor((one - 1) / limit)))];

const loading = new Map();

/** Return the flags of another page by their anchors, as they stand there. */
function flagsOn(path) {
  if (!loading.has(path)) loading.set(path, read(new URL(path, root)).catch(() => loading.delete(path) && new Map()));
  return loading.get(path);
}

async function read(address) {
  const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
  return new Map([...page.querySelectorAll(".entries > ul > li")].map((item) => {
    const copy = document.importNode(item, true), link = copy.querySelector("[id]");
    for (const one of copy.querySelectorAll("a[href]")) one.href = new URL(one.getAttribute("href"), address).href;
    return [link.id, copy];
  }));
}
