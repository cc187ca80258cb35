/* Where a study's JSON lies: in a file of its own, or in very large catalogs with others in a compressed one. */

import { load, loadText } from "../search/site.js";

const opened = new Map();

/** Return the JSON of the study with this id, or null where the catalog has none. */
export async function studyJson(id) {
  const packs = (await load("api/v2/packs.json"))?.packs ?? 0;
  if (!packs) return (await load(`api/v2/studies/${encodeURIComponent(id)}.json`)) ?? null;
  const path = `api/v2/studies/packs/${checksum(new TextEncoder().encode(id)) % packs}.ndjson.gz`;
  if (!opened.has(path)) opened.set(path, loadText(path));
  const records = ((await opened.get(path)) ?? "").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return records.find(({ catalogSection }) => catalogSection?.id === id) ?? null;
}

/** Save the JSON of the study with this id as a file of the reader's; throws where the catalog has none. */
export async function saveStudy(id) {
  const record = await studyJson(id);
  if (!record) throw new Error(`${id}: no such study`);
  const href = URL.createObjectURL(new Blob([JSON.stringify(record, null, 2)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = href;
  link.download = `${id}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/** Return CRC-32 of bytes, as gzip and Python's zlib compute it. */
function checksum(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
