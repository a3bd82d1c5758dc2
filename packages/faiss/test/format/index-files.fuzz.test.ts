import { mkdtempSync, rmSync } from "node:fs";
import { unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import { fuzz } from "@secondpass/test-kit";
import * as fc from "fast-check";
import { readIndexFile } from "../../src/files/read-index-file.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { fixture, golden } from "./golden.js";
import { firstOfClasses } from "./kind-cases.js";

/** Sizes and counts that are huge, wrap around or are invalid. */
const extreme = fc.constantFrom(
  0n,
  1n,
  -1n,
  255n,
  1n << 16n,
  1n << 20n,
  1n << 31n,
  1n << 32n,
  1n << 40n,
  (1n << 53n) + 1n,
  -(1n << 63n),
);

/** A position, mostly in the first bytes, where the structure is. */
const place = fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 256 }) }, fc.nat({ max: 30_000 }));

const change = fc.oneof(
  fc.record({ at: place, size: extreme }),
  fc.record({ at: place, number: extreme }),
  fc.record({ at: place, byte: fc.nat({ max: 255 }) }),
  fc.record({ cut: place }),
  fc.record({ from: place, at: place, length: fc.integer({ min: 1, max: 64 }) }),
);

type Change = {
  at?: number;
  size?: bigint;
  number?: bigint;
  byte?: number;
  cut?: number;
  from?: number;
  length?: number;
};

/** A target for each kind of index, so that all get the same time. */
const NAMES = Object.fromEntries(golden.cases.map(({ name, kind }) => [kind, name]));
const TARGETS = [
  ...Object.values(NAMES).map((name) => ({ name, bytes: fixture(name) })),
  ...firstOfClasses(Object.keys(NAMES)),
];

for (const { name, bytes: original } of TARGETS) {
  fuzz({
    name: `faiss: index files, ${name}`,
    arbitrary: fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => damage(original, changes)),
    shortRuns: 60,
    memoryMb: 256,
    run: async (bytes) => {
      const index = await readIndex(bytes);
      const { labels } = await index.search(new Float32Array(index.dimensions).fill(0.5), 3, { nprobe: 4 });
      if (labels.length !== 3) throw new Error("A search for 3 gave another number of neighbours.");
      index.dispose();
    },
  });
}

const folder = mkdtempSync(join(tmpdir(), "index-files-"));
afterAll(() => rmSync(folder, { recursive: true }));
let written = 0;

fuzz({
  name: "faiss: index files, rows left on disk",
  arbitrary: fc
    .array(change, { minLength: 1, maxLength: 4 })
    .map((changes) => damage(fixture("refine_l2"), changes)),
  shortRuns: 60,
  memoryMb: 256,
  run: async (bytes) => {
    const path = join(folder, `${written++}.faiss`);
    await writeFile(path, bytes);
    try {
      const index = await readIndexFile(path, { rowsOnDisk: true });
      const { labels } = await index.search(new Float32Array(index.dimensions).fill(0.5), 3, { nprobe: 4 });
      if (labels.length !== 3) throw new Error("A search for 3 gave another number of neighbours.");
      await writeFile(path, bytes.subarray(0, bytes.length >> 1));
      await index.search(new Float32Array(index.dimensions).fill(0.5), 3).then(
        () => index.dispose(),
        (error: unknown) => {
          index.dispose();
          throw error;
        },
      );
    } finally {
      await unlink(path);
    }
  },
});

function damage(original: Uint8Array, changes: readonly Change[]): Uint8Array {
  let bytes = original.slice();
  for (const { at = 0, size, number, byte, cut, from, length } of changes) {
    const view = new DataView(bytes.buffer);
    const start = Math.min(at, Math.max(0, bytes.length - 8));
    if (bytes.length < 8) break;
    if (cut !== undefined) bytes = bytes.slice(0, cut);
    else if (size !== undefined) view.setBigInt64(start, size, true);
    else if (number !== undefined) view.setInt32(start, Number(BigInt.asIntN(32, number)), true);
    else if (byte !== undefined) bytes[start] = byte;
    else if (from !== undefined) bytes.copyWithin(start, from, from + (length ?? 1));
  }
  return bytes;
}
