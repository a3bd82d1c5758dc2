import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { seededRandom, slowLength } from "@secondpass/test-kit";
import { FaissError } from "../../src/errors/faiss-error.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { fixture, fixturePath } from "./goldens.js";
import { mutate } from "./mutate.js";

/** FUZZ_MUTATIONS and FUZZ_SEED choose others. */
const MUTATIONS = Number(process.env.FUZZ_MUTATIONS ?? slowLength({ short: 400, full: 100_000 }));
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** What 250 reads in a row may add to the process's memory: files are at most 30 KB. */
const MEMORY_BYTES = 1024 * 2 ** 20;

describe("damaged FAISS files", () => {
  const names = readdirSync(dirname(fixturePath("x")))
    .filter((name) => name.endsWith(".faiss"))
    .sort()
    .map((name) => name.slice(0, -".faiss".length));
  const files = names.map(fixture);

  it(
    `end in an index that can be searched, or in a typed error: ${MUTATIONS} mutations`,
    async () => {
      let refused = 0;
      const before = process.memoryUsage().rss;
      for (let i = 0; i < MUTATIONS; i++) {
        const random = seededRandom(SEED * 1_000_003 + i);
        const file = Math.floor(random() * files.length);
        try {
          const index = await readIndex(mutate(files[file]!, random));
          const { labels } = await index.search(new Float32Array(index.dimensions).fill(0.5), 3, {
            nprobe: 4,
          });
          expect(labels.length).toBe(3);
          index.dispose();
        } catch (error) {
          if (!FaissError.isInstance(error)) {
            throw new Error(`Mutation ${i} (seed ${SEED}) of ${names[file]} was not refused properly`, {
              cause: error,
            });
          }
          refused++;
        }
        if (i % 250 === 249) expect(process.memoryUsage().rss - before).toBeLessThan(MEMORY_BYTES);
      }
      expect(refused).toBeGreaterThan(MUTATIONS / 4);
      expect(refused).toBeLessThan(MUTATIONS);
    },
    30_000 + MUTATIONS * 50,
  );

  it("are refused wherever they are cut off", async () => {
    for (const name of ["flat_l2", "hnsw_l2", "ivfpq_l2", "opq", "refine_ip"]) {
      const bytes = fixture(name);
      for (let length = 0; length < bytes.length; length += 1 + Math.floor(length / 8)) {
        await expect(readIndex(bytes.subarray(0, length))).rejects.toMatchObject({
          name: "FaissFormatError",
        });
      }
    }
  });

  it("are refused when they nest without end", async () => {
    const header = fixture("idmap2_l2").subarray(0, 37);
    const nested = new Uint8Array(37 * 1000);
    for (let i = 0; i < 1000; i++) nested.set(header, i * 37);
    await expect(readIndex(nested)).rejects.toThrow("nested more than");
  });
});
