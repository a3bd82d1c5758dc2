import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { seededRandom, slowLength } from "@secondpass/test-kit";
import type { VectorIndex } from "../../src/contract/vector-index.js";
import { FaissError } from "../../src/errors/faiss-error.js";
import { UnsupportedOperationError } from "../../src/errors/unsupported-operation-error.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { fixture, fixturePath, golden } from "./golden.js";
import { firstOfClasses } from "./kind-cases.js";
import { mutate } from "./mutate.js";

const FILES = [
  ...readdirSync(dirname(fixturePath("x")))
    .filter((name) => name.endsWith(".faiss"))
    .sort()
    .map((name) => name.slice(0, -".faiss".length))
    .map((name) => ({ name, bytes: fixture(name) })),
  ...firstOfClasses(golden.cases.map(({ kind }) => kind)),
];

/** Mutations of each file. FUZZ_MUTATIONS and FUZZ_SEED set another number and seed. */
const MUTATIONS = Number(process.env.FUZZ_MUTATIONS ?? slowLength({ short: 5, full: 10_000 }));
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Maximum growth of the process's memory by 250 reads: files are at most 30 KB. */
const MEMORY_BYTES = 1024 * 2 ** 20;

/** Searches, changes, writes and reads an index that was read from damaged bytes. */
async function useIndex(index: VectorIndex): Promise<void> {
  const vector = new Float32Array(index.dimensions).fill(0.5);
  const { labels } = await index.search(vector, 3, { nprobe: 4 });
  expect(labels.length).toBe(3);
  await unlessUnsupported(() => index.add(vector));
  await unlessUnsupported(() => index.removeIds([labels[0]!, 1]));
  await unlessUnsupported(async () => {
    const copy = await readIndex(await indexToBytes(index));
    expect(copy.ntotal).toBe(index.ntotal);
  });
  index.dispose();
}

/** Runs an operation that the kind of index may not support. */
async function unlessUnsupported(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!UnsupportedOperationError.isInstance(error)) throw error;
  }
}

describe("damaged FAISS files", () => {
  it(
    `end in an index that can be used, or in a typed error: ${MUTATIONS} mutations of each of ${FILES.length} files`,
    async () => {
      let rejected = 0;
      const total = MUTATIONS * FILES.length;
      const before = process.memoryUsage().rss;
      for (let i = 0; i < total; i++) {
        const random = seededRandom(SEED * 1_000_003 + i);
        const { name, bytes } = FILES[i % FILES.length]!;
        try {
          await useIndex(await readIndex(mutate(bytes, random)));
        } catch (error) {
          if (!FaissError.isInstance(error)) {
            throw new Error(`Mutation ${i} (seed ${SEED}) of ${name} did not throw a typed error`, {
              cause: error,
            });
          }
          rejected++;
        }
        if (i % 250 === 249) expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BYTES);
      }
      expect(rejected).toBeGreaterThan(total / 4);
      expect(rejected).toBeLessThan(total);
    },
    30_000 + MUTATIONS * FILES.length * 50,
  );

  it("throw if they are cut at any byte", async () => {
    for (const name of ["flat_l2", "hnsw_l2", "ivfpq_l2", "opq", "refine_ip"]) {
      const bytes = fixture(name);
      for (let length = 0; length < bytes.length; length += 1 + Math.floor(length / 8)) {
        await expect(readIndex(bytes.subarray(0, length))).rejects.toMatchObject({
          name: "FaissFormatError",
        });
      }
    }
  });

  it("throw if they nest too deep", async () => {
    const header = fixture("idmap2_l2").subarray(0, 37);
    const nested = new Uint8Array(37 * 1000);
    for (let i = 0; i < 1000; i++) nested.set(header, i * 37);
    await expect(readIndex(nested)).rejects.toThrow("nested more than");
  });
});
