/*
 * The index of a large catalog as several smaller ones, in the browser alone: the files stay as they are.
 *
 * Pagefind looks for each hit through all pages of each word, so the time grows with the square of the pages.  Here each
 * of its instances gets every n-th page only, and n times the n-th part of a square is the n-th part of the whole.  The
 * instances ask for files below folders that do not exist; what they get is cut out of the real file, loaded once.  A
 * file is CBOR (RFC 8949) of lists, texts and whole numbers behind a mark.
 */

const MARK = new TextEncoder().encode("pagefind_dcd");
const NUMBER = 0, TEXT = 3, LIST = 4;

/** Bytes that are read one value after another. */
class Source {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = MARK.length;
  }

  /** Read the beginning of a value and return its number: itself, or the length of a text or list. */
  head() {
    const small = this.bytes[this.at++] & 31;
    if (small < 24) return small;
    let number = 0;
    for (let left = 1 << (small - 24); left; left--) number = number * 256 + this.bytes[this.at++];
    return number;
  }

  /** Go behind so many values. */
  skip(values = 1) {
    for (let left = values; left; left--) {
      const kind = this.bytes[this.at] >> 5, number = this.head();
      if (kind === TEXT) this.at += number;
      else if (kind === LIST) left += number;
    }
  }
}

/** Bytes that are written one after another. */
class Target {
  constructor() {
    this.bytes = new Uint8Array(1 << 14);
    this.bytes.set(MARK);
    this.size = MARK.length;
  }

  room(more) {
    if (this.size + more <= this.bytes.length) return;
    const larger = new Uint8Array(2 * (this.size + more));
    larger.set(this.bytes.subarray(0, this.size));
    this.bytes = larger;
  }

  head(kind, number) {
    this.room(5);
    const width = number < 24 ? 0 : number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : 4;
    this.bytes[this.size++] = (kind << 5) | (width ? 24 + Math.log2(width) : number);
    for (let left = width - 1; left >= 0; left--) this.bytes[this.size++] = (number >>> (8 * left)) & 255;
  }

  copy(bytes, from, to) {
    this.room(to - from);
    if (to - from > 32) this.bytes.set(bytes.subarray(from, to), this.size);
    else for (let at = from; at < to; at++) this.bytes[this.size + at - from] = bytes[at];
    this.size += to - from;
  }
}

/** Cut a file into parts: one for each target. */
class Cutter {
  constructor(bytes, parts) {
    this.source = new Source(bytes);
    this.targets = Array.from({ length: parts }, () => new Target());
  }

  /** Give all parts the next values. */
  all(values = 1) {
    const from = this.source.at;
    this.source.skip(values);
    this.give(from);
  }

  /** Give all parts the beginning of a list, and return how long it is. */
  list() {
    const from = this.source.at, length = this.source.head();
    this.give(from);
    return length;
  }

  give(from) {
    for (const target of this.targets) target.copy(this.source.bytes, from, this.source.at);
  }

  /** Give each part its share of a list: `next(index)` reads one entry and returns its page, `write` what to say before it. */
  share(next, write) {
    const shares = this.targets.map(() => []), length = this.source.head();
    for (let index = 0; index < length; index++) {
      const page = next(index), from = this.source.at;
      if (write.values) this.source.skip(write.values);
      shares[page % this.targets.length].push(Math.floor(page / this.targets.length), from, this.source.at);
    }
    for (const [part, share] of shares.entries()) {
      const target = this.targets[part];
      target.head(LIST, share.length / 3);
      for (let at = 0, before = 0; at < share.length; at += 3) {
        write.page?.(target, share[at], before);
        before = share[at];
        target.copy(this.source.bytes, share[at + 1], share[at + 2]);
      }
    }
  }

  /** Pages of a word: the step from the page before, where the word stands in the text, and in what a hit shows. */
  pages() {
    let page = 0;
    const next = () => {
      this.source.head();
      return (page += this.source.head());
    };
    const write = (target, here, before) => {
      target.head(LIST, 3);
      target.head(NUMBER, here - before);
    };
    this.share(next, { values: 2, page: write });
  }

  /** Words, each with its pages and those of its forms with accents. */
  words() {
    this.list();
    for (let words = this.list(); words; words--) {
      this.list();
      this.all();
      this.pages();
      for (let forms = this.list(); forms; forms--) {
        this.list();
        this.all();
        this.pages();
      }
    }
  }

  /** A facet: its values with their pages, each the step from the page before. */
  filter() {
    this.list();
    this.all();
    for (let values = this.list(); values; values--) {
      this.list();
      this.all();
      let page = 0;
      this.share(() => (page += this.source.head()), { values: 0, page: (target, here) => target.head(NUMBER, here) });
    }
  }

  /** What says which pages there are, and which files. */
  meta() {
    const fields = this.list();
    this.all();
    this.share((index) => index, { values: 1 });
    this.all(fields - 2);
  }

  result() {
    return this.targets.map((target) => target.bytes.subarray(0, target.size));
  }
}

const KINDS = { pf_meta: "meta", pf_index: "words", pf_filter: "filter" };

/** Return the parts of a file. */
async function cut(address, kind, parts) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  const bytes = new Uint8Array(await new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer());
  const cutter = new Cutter(bytes, parts);
  cutter[kind]();
  return cutter.result();
}

/** Return an index like that of `createInstance(options)`, in so many parts. */
export async function openIndex(createInstance, options, parts) {
  const folder = (part) => `${options.basePath}part-${part}-of-${parts}/`;
  const start = `${options.basePath}part-`, direct = globalThis.fetch, loading = new Map();
  let entry = null;
  const answer = async (part, path) => {
    const kind = KINDS[path.split(".").at(-1)];
    const address = `${options.basePath}${path}`;
    if (path.startsWith("pagefind-entry.json")) {
      entry ??= direct.call(globalThis, address).then((response) => response.text());
      return new Response(await entry);
    }
    if (!kind) return direct.call(globalThis, address);
    if (!loading.has(path)) loading.set(path, { parts: cut(address, kind, parts), left: parts });
    const file = loading.get(path);
    if (!--file.left) loading.delete(path);
    return new Response((await file.parts)[part]);
  };
  globalThis.fetch = (input, settings) => {
    const inside = typeof input === "string" && input.startsWith(start) && /^(\d+)-of-(\d+)\/(.*)$/s.exec(input.slice(start.length));
    return inside && Number(inside[2]) === parts ? answer(Number(inside[1]), inside[3]) : direct.call(globalThis, input, settings);
  };
  const index = createInstance({ ...options, basePath: folder(0) });
  await index.init();
  const { excerptLength, baseUrl, ranking } = options;
  await Promise.all(Array.from({ length: parts - 1 }, (_, part) => index.mergeIndex(folder(part + 1), { excerptLength, baseUrl, ranking })));
  return index;
}
