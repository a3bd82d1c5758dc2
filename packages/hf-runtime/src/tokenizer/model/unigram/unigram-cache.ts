import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { readFully } from "@secondpass/core/node";
import { DerivedCache } from "../../../derived-cache/derived-cache.js";
import { readIntact } from "../../../derived-cache/read-intact.js";
import type { TokenizerJson } from "../../json/tokenizer-json.js";
import type { UnigramTables } from "./unigram-tables.js";

/** A tokenizer.json without its vocabulary, and the vocabulary as tables. */
export interface CachedTokenizer {
  readonly json: TokenizerJson;
  readonly tables: UnigramTables;
}

/** Increase it when the layout below or the building of tables changes, so that older files are not used. */
const VERSION = 3;
/** Bytes of the header's length, which is written before the header. The tables follow the header, little-endian. */
const LENGTH_BYTES = 4;

const KIND = { folder: "tokenizers", prefix: "secondpass-unigram-", extension: ".bin" };

/** Samples of a tokenizer.json that its fingerprint hashes, and bytes of each. */
const SAMPLES = 8;
const SAMPLE_BYTES = 4096;

interface Header {
  readonly json: TokenizerJson;
  readonly slots: number;
  readonly pieces: number;
  readonly unknownId: number;
  readonly byteFallback: boolean;
}

/** Caches the tables of a tokenizer.json on disk for the next start. */
export class UnigramCache {
  private constructor(private readonly cache: DerivedCache) {}

  static async of(tokenizerPath: string): Promise<UnigramCache> {
    return new UnigramCache(new DerivedCache(KIND, [tokenizerPath], await fingerprint(tokenizerPath)));
  }

  /** @returns undefined if there are none or they are damaged; they have to be built then */
  async read(): Promise<CachedTokenizer | undefined> {
    return isLittleEndian() ? this.cache.find(readTables) : undefined;
  }

  /** If they cannot be written, every start builds them again. */
  async write({ json, tables }: CachedTokenizer): Promise<void> {
    if (!isLittleEndian()) return;
    const { trie, scores, unknownId, byteFallback } = tables;
    const slots = trie.base.length;
    const shell = { ...json, model: { ...json.model, vocab: [] } };
    const header: Header = { json: shell, slots, pieces: scores.length, unknownId, byteFallback };
    const headerBytes = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(LENGTH_BYTES);
    length.writeUInt32LE(headerBytes.length);
    const headerEnd = LENGTH_BYTES + headerBytes.length;
    const gap = new Uint8Array(layout(headerEnd, slots, scores.length).scores - headerEnd);
    // In the layout's order. Separate pieces save a copy of the 10 MB.
    const pieces = [length, headerBytes, gap, scores, trie.base, trie.value, trie.label];
    await this.cache.write((trailer) => [...pieces, trailer]);
  }
}

/**
 * Identifies a tokenizer.json without reading all of it: by its size, modification time and samples from the whole file. Size
 * and time alone are not enough: container images and file stores give every file the same time.
 */
async function fingerprint(tokenizerPath: string): Promise<string> {
  const handle = await open(tokenizerPath, "r");
  try {
    const { size, mtimeMs } = await handle.stat();
    const hash = createHash("sha256").update(`${VERSION} ${basename(tokenizerPath)} ${size} ${mtimeMs}`);
    // In parallel, so that no sample waits for another.
    const samples = Array.from({ length: SAMPLES }, async (_, index) => {
      const sample = Buffer.alloc(SAMPLE_BYTES);
      return sample.subarray(0, await readFully(handle, sample, Math.floor((index * size) / SAMPLES)));
    });
    for (const sample of await Promise.all(samples)) hash.update(sample);
    return hash.digest("hex");
  } finally {
    await handle.close();
  }
}

async function readTables(path: string): Promise<CachedTokenizer | undefined> {
  const bytes = await readIntact(path);
  if (!bytes) return undefined;
  const headerEnd = LENGTH_BYTES + new DataView(bytes.buffer).getUint32(0, true);
  const header = JSON.parse(
    Buffer.from(bytes.buffer, LENGTH_BYTES, headerEnd - LENGTH_BYTES).toString(),
  ) as Header;
  const { json, slots, pieces, unknownId, byteFallback } = header;
  const at = layout(headerEnd, slots, pieces);
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

/** Where each table starts: the widest numbers first, each at a multiple of its width. */
function layout(headerEnd: number, slots: number, pieces: number) {
  const scores = Math.ceil(headerEnd / 8) * 8;
  const base = scores + 8 * pieces;
  const value = base + 4 * slots;
  const label = value + 4 * slots;
  return { scores, base, value, label };
}

function isLittleEndian(): boolean {
  return new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;
}
