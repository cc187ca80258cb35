/* Eligibility criteria, parted and counted by the rules by which the trials' pages part them. */

const MARK = /^( *)([*+-]|\d{1,9}[.)])(?= |$)/;
const MARKED = /\\|^[ \t]*(?:[*+-]|\d{1,9}[.)])(?:[ \t]|$)/m;
const INDENTED = /^[ \t]{4,}(?![ \t]*(?:[*+-]|\d{1,9}[.)])[ \t])/gm;
const PUNCTUATION = /\\([!-/:-@[-`{-~])/g;
const BEFORE = "(?:(?:key|main|major|general|patient|subject|study)\\s+)*";
/** @type {[string, RegExp][]} */
const HEADINGS = ["inclusion", "exclusion"].map((kind) => [kind, new RegExp(`^${BEFORE}${kind}(?:\\s+criteria)?\\s*:?$`, "i")]);
/** How a line begins that is a criterion of its own although no list mark of Markdown stands there. */
const NUMBERED = /^(?:\(?\d{1,2}[.)、]|\([a-z]\)|[•·▪●–—-]\s)/;

/** What registries write between two lists that would run together: Markdown, and no criterion. */
const BETWEEN_LISTS = "<!-- -->";

const width = (line) => line.length - line.trimStart().length;
const oneLine = (text) => text.replace(PUNCTUATION, "$1").replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, " ").trim();

function paragraph(lines) {
  const kept = lines.map(oneLine).filter(Boolean);
  return kept.length && kept.join("\n") !== BETWEEN_LISTS ? [{ lines: kept }] : [];
}

/** Return the blocks of a registry's text: `{lines}` or `{items, first, delimiter}`, whose items hold blocks again. */
export function parse(text) {
  const lines = text.replace(/\r\n?|[\u000b\u000c\u001c-\u001f\u0085\u2028\u2029]/g, "\n");
  // Registries indent text, and mean no more by it than that it goes on.
  return blocks((MARKED.test(lines) ? lines.replace(INDENTED, "    ") : lines).split("\n").map(untabbed));
}

function untabbed(line) {
  let made = "";
  for (const character of line) made += character === "\t" ? " ".repeat(4 - (made.length % 4)) : character;
  return made;
}

function blocks(lines) {
  const found = [];
  let open = [];
  const close = () => {
    found.push(...paragraph(open));
    open = [];
  };
  for (let at = 0; at < lines.length; ) {
    const line = lines[at], mark = MARK.exec(line);
    if (!line.trim()) {
      close();
      at++;
    } else if (mark && (!open.length || interrupts(line, mark))) {
      close();
      const list = listing(lines, at, mark);
      found.push(list.block);
      at = list.next;
    } else {
      open.push(line);
      at++;
    }
  }
  close();
  return found;
}

/** Say whether a list may begin in the middle of a paragraph: not with an empty item, and not with another number than 1. */
const interrupts = (line, mark) => line.slice(mark[0].length).trim() !== "" && (!/\d/.test(mark[2]) || Number.parseInt(mark[2], 10) === 1);

function listing(lines, start, first) {
  const kind = first[2].at(-1), items = [];
  let at = start;
  while (at < lines.length) {
    const mark = MARK.exec(lines[at]);
    if (!mark || mark[2].at(-1) !== kind || /\d/.test(mark[2]) !== /\d/.test(first[2])) break;
    const rest = lines[at].slice(mark[0].length), blanks = width(rest);
    const offset = mark[0].length + (!rest.trim() || blanks > 4 ? 1 : blanks);
    const inside = [rest.trim() ? lines[at].slice(offset) : ""];
    at++;
    while (at < lines.length) {
      const line = lines[at];
      if (!line.trim()) {
        if (inside.length === 1 && !inside[0]) break; // an item that begins empty ends with the next empty line
        inside.push("");
      } else if (width(line) >= offset) inside.push(line.slice(offset));
      else if (MARK.test(line) || !inside.at(-1).trim()) break;
      else inside.push(`    ${line.trimStart()}`); // the paragraph goes on, however little it is indented
      at++;
    }
    items.push(blocks(inside));
    while (at < lines.length && !lines[at].trim()) at++;
  }
  return { block: { items, first: /\d/.test(first[2]) ? Number.parseInt(first[2], 10) : null, delimiter: kind }, next: at };
}

/** Part a text at its headings for inclusion and exclusion; `whole` holds it where it does not part itself. */
export function partCriteria(text) {
  const all = parse(text ?? ""), nothing = { inclusion: [], exclusion: [], whole: [] };
  const marks = all.flatMap((block, index) => {
    const kind = block.lines && HEADINGS.find(([, pattern]) => pattern.test(block.lines[0]))?.[0];
    return kind ? [{ index, kind }] : [];
  });
  if (!marks.length || marks[0].index !== 0 || new Set(marks.map(({ kind }) => kind)).size !== marks.length) return { ...nothing, whole: all };
  const parts = nothing;
  for (const [position, { index, kind }] of marks.entries()) {
    const rest = all[index].lines.slice(1);
    parts[kind] = [...(rest.length ? [{ lines: rest }] : []), ...all.slice(index + 1, marks[position + 1]?.index ?? all.length)];
  }
  return parts;
}

/**
 * Return blocks as criteria one after the other: `{lines: [{text, depth}], heading}`.  A heading is a line that only
 * introduces those after it.
 */
export function criteriaIn(blocks) {
  return blocks.flatMap((block) => {
    if (block.lines) return numberedApart(block.lines).map((text) => ({ lines: [{ text, depth: 0 }], heading: text.endsWith(":") }));
    return block.items.map((item, index) => ({ lines: itemLines(item, 0, labelOf(block, index)), heading: false })).filter(({ lines }) => lines.length);
  });
}

/** Bullets and numbers that only count need no label; other numbers stay. */
const labelOf = (list, index) => (list.first === null || (list.first === 1 && list.delimiter === ".") ? "" : `${list.first + index}${list.delimiter} `);

function itemLines(item, depth, label) {
  const lines = [];
  for (const block of item) {
    if (block.lines) for (const text of block.lines) lines.push({ text: lines.length ? text : label + text, depth });
    else block.items.forEach((inner, index) => { lines.push(...itemLines(inner, depth + 1, labelOf(block, index))); });
  }
  return lines;
}

function numberedApart(lines) {
  const found = [];
  for (const line of lines) {
    if (!found.length || NUMBERED.test(line)) found.push(line);
    else found.push(`${found.pop()} ${line}`);
  }
  return found;
}
