/* QR codes (ISO/IEC 18004): bytes, error correction level M, versions 1 to 10, which is 213 bytes at most. */

/**
 * For each version: words of error correction in a block, then the data words of each block.
 * @type {[number, number[]][]}
 */
const BLOCKS = [
  [10, [16]], [16, [28]], [26, [44]], [18, [32, 32]], [24, [43, 43]], [16, [27, 27, 27, 27]], [18, [31, 31, 31, 31]],
  [22, [38, 38, 39, 39]], [22, [36, 36, 36, 37, 37]], [26, [43, 43, 43, 43, 44]],
];
/** Middles of the small squares by which a reader finds out how a code is bent. */
const ALIGNMENT = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];
const MASKS = [
  (y, x) => (x + y) % 2 === 0, (y) => y % 2 === 0, (_, x) => x % 3 === 0, (y, x) => (x + y) % 3 === 0,
  (y, x) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0, (y, x) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (y, x) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0, (y, x) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];
const LEVEL_M = 0;

/* Arithmetic with bytes, in which error correction is done. */
const POWERS = new Uint8Array(255), LOGARITHMS = new Uint8Array(256);
for (let power = 0, value = 1; power < 255; power++) {
  POWERS[power] = value;
  LOGARITHMS[value] = power;
  value = (value << 1) ^ (value & 128 ? 0x11d : 0);
}
const times = (a, b) => (a && b ? POWERS[(LOGARITHMS[a] + LOGARITHMS[b]) % 255] : 0);

function corrections(data, number) {
  let divisor = [1];
  for (let power = 0; power < number; power++) {
    const next = [...divisor, 0];
    divisor.forEach((factor, index) => { next[index + 1] ^= times(factor, POWERS[power]); });
    divisor = next;
  }
  const rest = new Array(number).fill(0);
  for (const value of data) {
    const factor = value ^ rest.shift();
    rest.push(0);
    for (let index = 0; index < number; index++) rest[index] ^= times(divisor[index + 1], factor);
  }
  return rest;
}

/** Return the words of a code: data and corrections of all blocks, one word of each in turn. */
function codeWords(bytes, version) {
  const [correcting, sizes] = BLOCKS[version - 1], room = sizes.reduce((sum, size) => sum + size, 0), bits = [];
  const put = (value, width) => {
    for (let bit = width - 1; bit >= 0; bit--) bits.push((value >> bit) & 1);
  };
  put(4, 4); // what follows is bytes
  put(bytes.length, version < 10 ? 8 : 16);
  for (const value of bytes) put(value, 8);
  put(0, Math.min(4, room * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const data = [];
  for (let at = 0; at < bits.length; at += 8) data.push(Number.parseInt(bits.slice(at, at + 8).join(""), 2));
  for (let filler = 0xec; data.length < room; filler ^= 0xec ^ 0x11) data.push(filler);
  const blocks = sizes.map((size) => data.splice(0, size)), checks = blocks.map((block) => corrections(block, correcting));
  const woven = [];
  for (let index = 0; index < sizes.at(-1); index++) for (const block of blocks) if (index < block.length) woven.push(block[index]);
  for (let index = 0; index < correcting; index++) for (const check of checks) woven.push(check[index]);
  return woven;
}

/** Return the remainder that makes format and version readable where some of it is lost. */
function protectedBits(value, width, generator) {
  let rest = value << width;
  const length = Math.floor(Math.log2(generator));
  for (let bit = 31 - Math.clz32(rest); bit >= length; bit = 31 - Math.clz32(rest)) rest ^= generator << (bit - length);
  return (value << width) | rest;
}

/** Return an empty code with all that does not depend on what it says; cells that are free are null. */
function frame(version) {
  const size = 17 + 4 * version, cells = Array.from({ length: size }, () => new Array(size).fill(null));
  const square = (middleY, middleX, radius, dark) => {
    for (let y = -radius; y <= radius; y++)
      for (let x = -radius; x <= radius; x++)
        if (cells[middleY + y]?.[middleX + x] !== undefined) cells[middleY + y][middleX + x] = dark(Math.max(Math.abs(y), Math.abs(x)));
  };
  for (const [y, x] of [[3, 3], [3, size - 4], [size - 4, 3]]) square(y, x, 4, (ring) => ring !== 2 && ring !== 4);
  for (let at = 8; at < size - 8; at++) cells[6][at] = cells[at][6] = at % 2 === 0;
  const middles = ALIGNMENT[version - 1], last = middles.at(-1);
  for (const y of middles)
    for (const x of middles) if (!((y === 6 && x === 6) || (y === 6 && x === last) || (y === last && x === 6))) square(y, x, 2, (ring) => ring !== 1);
  for (const [y, x] of formatCells(size).flat()) cells[y][x] = false;
  cells[size - 8][8] = true;
  if (version >= 7) {
    const bits = protectedBits(version, 12, 0x1f25);
    for (let bit = 0; bit < 18; bit++) {
      const a = size - 11 + (bit % 3), b = Math.floor(bit / 3), dark = Boolean((bits >> bit) & 1);
      cells[a][b] = cells[b][a] = dark;
    }
  }
  return cells;
}

/** Return where the fifteen bits of the format stand, the lowest first, in both places. */
function formatCells(size) {
  const first = [], second = [];
  for (let bit = 0; bit < 15; bit++) {
    first.push(bit < 6 ? [bit, 8] : bit === 6 ? [7, 8] : bit === 7 ? [8, 8] : bit === 8 ? [8, 7] : [8, 14 - bit]);
    second.push(bit < 8 ? [8, size - 1 - bit] : [size - 15 + bit, 8]);
  }
  return [first, second];
}

function filled(version, words, mask) {
  const cells = frame(version), size = cells.length, given = cells.map((row) => row.map((cell) => cell !== null));
  let at = 0;
  for (let right = size - 1, upward = true; right > 0; right -= 2, upward = !upward) {
    if (right === 6) right--; // the dotted line is no column
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = upward ? size - 1 - step : step;
        if (given[y][x]) continue;
        const bit = at < words.length * 8 && (words[at >> 3] >> (7 - (at & 7))) & 1;
        cells[y][x] = Boolean(bit) !== MASKS[mask](y, x);
        at++;
      }
  }
  const format = protectedBits((LEVEL_M << 3) | mask, 10, 0x537) ^ 0x5412;
  for (const places of formatCells(size)) places.forEach(([y, x], bit) => { cells[y][x] = Boolean((format >> bit) & 1); });
  cells[size - 8][8] = true;
  return cells;
}

/** Return how hard a code is to read: the mask with the least is taken. */
function penalty(cells) {
  const size = cells.length, turned = cells[0].map((_, x) => cells.map((row) => row[x]));
  let points = 0, dark = 0;
  for (const rows of [cells, turned])
    for (const row of rows) {
      let run = 0;
      for (let x = 0; x < size; x++) {
        run = x && row[x] === row[x - 1] ? run + 1 : 1;
        if (run === 5) points += 3;
        else if (run > 5) points += 1;
      }
      const text = row.map(Number).join("");
      for (let x = 0; x + 7 <= size; x++)
        if (text.startsWith("1011101", x)) {
          const before = text.slice(Math.max(0, x - 4), x), after = text.slice(x + 7, x + 11);
          if (!before.includes("1") || !after.includes("1")) points += 40;
        }
    }
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      dark += cells[y][x];
      if (y && x && cells[y][x] === cells[y - 1][x] && cells[y][x] === cells[y][x - 1] && cells[y][x] === cells[y - 1][x - 1]) points += 3;
    }
  return points + 10 * Math.floor(Math.abs((dark * 100) / (size * size) - 50) / 5);
}

/** Return the code of a text: `{version, mask, cells}`, rows of cells that are dark or not; null where it is too long. */
export function qrCode(text) {
  const bytes = new TextEncoder().encode(text);
  const version = BLOCKS.findIndex(([, sizes], index) => sizes.reduce((sum, size) => sum + size, 0) * 8 >= 4 + (index < 9 ? 8 : 16) + bytes.length * 8) + 1;
  if (!version) return null;
  const words = codeWords(bytes, version);
  const tried = MASKS.map((_, mask) => filled(version, words, mask)), points = tried.map(penalty), mask = points.indexOf(Math.min(...points));
  return { version, mask, cells: tried[mask] };
}

/** Return a code as one path of a drawing whose unit is a cell. */
export function qrPath(cells) {
  let path = "";
  cells.forEach((row, y) => {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const from = x;
      while (row[x + 1]) x++;
      path += `M${from} ${y}h${x - from + 1}v1h-${x - from + 1}z`;
    }
  });
  return path;
}
