/* Shows the lines of a document that state a value, in their context, without leaving the page. */

import { gettext, withElements } from "../language.js";

const AROUND = 3, MOST = 25;
/** Of a document that is longer than the first number of characters, slices of the second number of bytes are read. */
const BEGINNING = 120_000, SLICE = 48_000, MOST_TRIES = 6;
/** What was read of documents: by address, the page, and the last line that is in it for certain. */
const pages = new Map();

const make = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

/** Open beside `link` the lines at the address `href`; throws where the document cannot be had. */
export async function showSource(link, href) {
  const url = new URL(href), [address] = href.split("#");
  const first = Number(url.hash.slice(2)), runs = runsOf(link.textContent, first), last = runs.at(-1)[1] + AROUND;
  if (!(pages.get(address)?.upTo >= last)) pages.set(address, await read(address, last, runs));
  const { page } = pages.get(address);
  const target = page.getElementById(`l${first}`);
  if (!target) throw new Error(`${href} has no such line`);
  const name = page.querySelector("h1")?.firstChild.textContent.trim() || gettext("The document");
  open(link, href, name, runs, page);
}

/** Return the runs of lines that a mark names, such as "46–47, 54" or, of the second document, "2:46". */
function runsOf(text, first) {
  const runs = [...text.replace(/^\d+:/, "").matchAll(/(\d+)(?:–(\d+))?/g)].map(([, from, to]) => [Number(from), Number(to ?? from)]);
  if (/^[\d:–, …]+$/.test(text) && runs.length) return runs;
  // In a sentence stand other numbers, too: the run is the one that begins with this line.
  return [runs.findLast(([from]) => from === first) ?? [first, first]];
}

/** Read a document's page up to a line, and no further: a long one has megabytes.  Of what lies far behind its beginning
    only the slices with the runs of lines are read, where the host gives parts of a file. */
async function read(address, last, runs) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader(), next = `id="l${last + 1}"`;
  let text = "", inSlices = answer.headers.get("accept-ranges") === "bytes";
  for (;;) {
    const { done, value = "" } = await reader.read(), before = text.length;
    text += value;
    const isThere = text.indexOf(next, Math.max(0, before - next.length)) >= 0;
    if (isThere && !done) reader.cancel();
    if (done || isThere) return { upTo: done ? Infinity : last, page: parse(text) };
    if (inSlices && text.length > BEGINNING) {
      inSlices = false; // what has failed once is not tried again: the rest is read on
      const slices = await Promise.all(runs.map(([from, to]) => readSlice(address, text, from, Math.min(to, from + MOST)))).catch(() => [null]);
      if (slices.includes(null)) continue;
      reader.cancel();
      return { upTo: 0, page: parse(text + slices.join("")) };
    }
  }
}

const parse = (text) => new DOMParser().parseFromString(text, "text/html");

/** Return the part of a document's page with the lines from `first` to `last` and what stands around them, found by the
    numbers of the lines that a slice has; null where that fails.  `text` is the beginning of the page. */
async function readSlice(address, text, first, last) {
  const known = linesIn(text, 0), wanted = Math.max(1, first - AROUND);
  let low = known.at(-1), high = null;
  if (!low || last + AROUND < low.line) return low ? "" : null;
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const perLine = high ? (high.at - low.at) / (high.line - low.line) : low.at / low.line;
    const from = Math.max(0, Math.floor(low.at + (wanted - low.line) * perLine - SLICE / 4));
    const answer = await fetch(address, { headers: { Range: `bytes=${from}-${from + SLICE - 1}` } });
    if (answer.status !== 206) return null;
    const slice = await answer.text(), found = linesIn(slice, from), isEnd = from + SLICE >= Number(answer.headers.get("content-range")?.split("/")[1]);
    if (!found.length) return null;
    if (found[0].line <= wanted && (isEnd || found.at(-1).line > last + AROUND)) return slice.slice(found[0].at - from);
    if (found[0].line > wanted) high = found[0];
    else low = found.at(-1);
  }
  return null;
}

/** Return the lines that begin in a piece of a document's page, which itself begins at the byte `from`. */
const linesIn = (piece, from) => [...piece.matchAll(/<li id="l(\d+)"/g)].map((match) => ({ line: Number(match[1]), at: from + match.index }));

function open(link, href, name, runs, page) {
  document.getElementById("source")?.remove();
  const one = runs.length === 1 && runs[0][0] === runs[0][1];
  const which = runs.map(([from, to]) => (from === to ? from : `${from}–${to}`)).join(", ");
  const close = make("button", { type: "button", class: "source__close", "aria-label": gettext("Close") }, "×");
  const heading = make("p", { id: "source-name", class: "source__name", tabindex: "-1" }, ...withElements(gettext("{lines} of {document}"), {
    lines: make("strong", {}, one ? gettext("Line {number}", { number: which }) : gettext("Lines {numbers}", { numbers: which })), document: name }));
  const box = make("div", { id: "source", class: "source", popover: "auto", role: "dialog", "aria-labelledby": heading.id },
    heading, close, lines(page, runs), make("a", { href }, gettext("Open the whole document")));
  link.closest("main").append(box);
  close.addEventListener("click", () => box.hidePopover());
  box.addEventListener("toggle", (event) => {
    if (event.newState === "open") return;
    const inside = box.contains(document.activeElement) || document.activeElement === document.body;
    box.remove();
    if (inside) link.focus({ preventScroll: true });
  });
  box.showPopover();
  stand(box, link);
  heading.focus({ preventScroll: true });
  box.querySelector("mark")?.closest("li").scrollIntoView({ block: "nearest" });
}

/** Return the lines that state a value, marked, each run with what stands around it. */
function lines(page, runs) {
  const list = make("ol", { class: "source__lines", tabindex: "0", "aria-label": gettext("Lines of the document") });
  let shown = 0;
  for (const [first, last] of runs) {
    const around = runs.length > 1 ? 1 : AROUND;
    for (let number = Math.max(first - around, shown + 1); number <= last + around && list.childElementCount < MOST; number += 1) {
      const line = page.getElementById(`l${number}`);
      if (!line) continue;
      if (shown && number > shown + 1) list.append(make("li", { value: "" }, "⋯"));
      const text = line.querySelector("code")?.textContent ?? "⋯", isMeant = number >= first && number <= last;
      list.append(make("li", { value: number }, isMeant ? make("mark", {}, text || " ") : text));
      shown = number;
    }
  }
  return list;
}

/** Place the box below its link, or above where there is more room; a narrow window has it at its lower edge. */
function stand(box, link) {
  if (innerWidth < 600) return;
  const at = link.getBoundingClientRect(), { width, height } = box.getBoundingClientRect(), gap = 6;
  const below = at.bottom + gap + height <= innerHeight || at.top < innerHeight / 2;
  const top = below ? Math.min(at.bottom + gap, innerHeight - height - gap) : at.top - gap - height;
  box.style.top = `${Math.max(gap, top)}px`;
  box.style.left = `${Math.max(gap, Math.min(at.left - 20, innerWidth - width - 2 * gap))}px`;
}
