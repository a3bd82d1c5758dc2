import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import type { TokenizerJson } from "../tokenizer-json.js";
import type { UnigramTables } from "./unigram-model.js";

/** A tokenizer.json without its vocabulary, and the vocabulary as tables. */
export interface CachedTokenizer {
  readonly json: TokenizerJson;
  readonly tables: UnigramTables;
}

/** Raised whenever the layout below or the building of tables changes: older files are then simply not found. */
const VERSION = 1;
const MAGIC = 0x47494e55; // "UNIG", little-endian, as the tables are too.
const HEADER_BYTES = 16;

interface Header {
  readonly json: TokenizerJson;
  readonly slots: number;
  readonly pieces: number;
  readonly unknownId: number;
  readonly byteFallback: boolean;
}

/**
 * Name of the file that holds the tables of a tokenizer.json: with a hash of its size and time of change, so that a changed
 * file has another.
 */
export async function tableCacheName(tokenizerPath: string): Promise<string> {
  const { size, mtimeMs } = await stat(tokenizerPath);
  const identity = `${VERSION} ${basename(tokenizerPath)} ${size} ${mtimeMs}`;
  return `secondpass-unigram-${createHash("sha256").update(identity).digest("hex").slice(0, 24)}.bin`;
}

/** @returns undefined where there is no such file or it is not whole; then it has to be built again */
export async function readTableCache(path: string): Promise<CachedTokenizer | undefined> {
  if (!isLittleEndian()) return undefined;
  const bytes = await readAll(path);
  if (!bytes || bytes.length < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer);
  const headerEnd = HEADER_BYTES + view.getUint32(8, true);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION || headerEnd > bytes.length) {
    return undefined;
  }
  const header = JSON.parse(
    Buffer.from(bytes.buffer, HEADER_BYTES, headerEnd - HEADER_BYTES).toString(),
  ) as Header;
  const { json, slots, pieces, unknownId, byteFallback } = header;
  const at = layout(headerEnd, slots, pieces);
  if (bytes.length !== at.end) return undefined;
  return {
    json,
    tables: {
      trie: {
        base: new Int32Array(bytes.buffer, at.base, slots),
        label: new Uint8Array(bytes.buffer, at.label, slots),
        value: new Int32Array(bytes.buffer, at.value, slots),
      },
      scores: new Float64Array(bytes.buffer, at.scores, pieces),
      unknownId,
      byteFallback,
    },
  };
}

/**
 * Writes beside and renames, so that no process ever reads half a file.
 * @returns whether it could be written; where not, every start builds anew
 */
export async function writeTableCache(path: string, { json, tables }: CachedTokenizer): Promise<boolean> {
  if (!isLittleEndian()) return false;
  const { trie, scores, unknownId, byteFallback } = tables;
  const slots = trie.base.length;
  const shell = { ...json, model: { ...json.model, vocab: [] } };
  const header: Header = { json: shell, slots, pieces: scores.length, unknownId, byteFallback };
  const headerBytes = Buffer.from(JSON.stringify(header));
  const start = Buffer.alloc(HEADER_BYTES);
  start.writeUInt32LE(MAGIC, 0);
  start.writeUInt32LE(VERSION, 4);
  start.writeUInt32LE(headerBytes.length, 8);
  const headerEnd = HEADER_BYTES + headerBytes.length;
  const gap = new Uint8Array(layout(headerEnd, slots, scores.length).scores - headerEnd);
  // In the layout's order, piece by piece: put together first, its 10 MB would be copied once more.
  const pieces = [start, headerBytes, gap, scores, trie.base, trie.value, trie.label];
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(temporary, pieces);
    await rename(temporary, path);
    return true;
  } catch {
    await rm(temporary, { force: true }).catch(() => {}); // Nothing was written: read-only.
    return false;
  }
}

/** Where each table starts: the widest numbers first, each at a multiple of its width. */
function layout(headerEnd: number, slots: number, pieces: number) {
  const scores = Math.ceil(headerEnd / 8) * 8;
  const base = scores + 8 * pieces;
  const value = base + 4 * slots;
  const label = value + 4 * slots;
  return { scores, base, value, label, end: label + slots };
}

/** Reads a file into memory of its own, aligned for any typed array. */
async function readAll(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const file = await open(path).catch(() => undefined);
  if (!file) return undefined;
  try {
    const bytes = new Uint8Array((await file.stat()).size);
    for (let at = 0; at < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, at, bytes.length - at, at);
      if (bytesRead === 0) return undefined;
      at += bytesRead;
    }
    return bytes;
  } finally {
    await file.close();
  }
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
}
