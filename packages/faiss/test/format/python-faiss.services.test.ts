import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import type { SearchResult } from "../../src/contract/search-result.js";
import { createIndex } from "../../src/indexes/create-index.js";
import { IndexHNSWFlat } from "../../src/indexes/hnsw-flat/index-hnsw-flat.js";
import { readIndex } from "../../src/indexes/read-index.js";
import { indexToBytes } from "../../src/indexes/write-index.js";
import { efSearch, type KindCase, k, kindCases } from "./kind-cases.js";

/** Python with faiss: scripts/services/python.mjs installs it. */
const PYTHON = process.env.SECONDPASS_PYTHON ?? "python3";

/** As in faiss-kinds.test.ts. */
const TOLERANCE = 1e-4;

/** The file of a kind after vectors were added and removed here, with the search results here. */
async function changed({
  bytes,
  added,
  queries,
}: KindCase): Promise<{ bytes: Uint8Array; here: SearchResult }> {
  const index = await readIndex(bytes);
  if (index.kind.startsWith("IndexIDMap"))
    await index.addWithIds(added, new BigInt64Array(added.length / index.dimensions).fill(-5n));
  else await index.add(added);
  const copy = (await index.without?.([2, 3])) ?? index;
  return { bytes: await indexToBytes(copy), here: await copy.search(queries, k, { efSearch }) };
}

describe("a file that was changed here", () => {
  it("gives the same results in Python's faiss, for all kinds", async () => {
    const folder = await mkdtemp(join(tmpdir(), "faiss-kinds-"));
    try {
      const tasks: object[] = [];
      const expected: { name: string; here: SearchResult }[] = [];
      for (const [i, given] of kindCases.entries()) {
        const path = join(folder, `${i}.faiss`);
        const { bytes, here } = await changed(given);
        await writeFile(path, bytes);
        tasks.push({ path, queries: [...given.queries], k, efSearch });
        expected.push({ name: given.name, here });
      }
      const script = join(__dirname, "read-in-python.py");
      const found: { distances: number[]; labels: number[] }[] = JSON.parse(
        execFileSync(PYTHON, [script], {
          input: JSON.stringify(tasks),
          encoding: "utf8",
          env: { ...process.env, FAISS_SIMD_LEVEL: "AVX2" },
        }),
      );
      for (const [i, { name, here }] of expected.entries()) {
        const apart = found[i]!.distances.filter(
          (distance, rank) =>
            !(Math.abs(distance - here.distances[rank]!) <= TOLERANCE * (1 + Math.abs(distance))),
        );
        expect({ name, apart }).toEqual({ name, apart: [] });
      }
      expect(found).toHaveLength(kindCases.length);
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 120_000);

  it("gives the same results if made here: a graph of 400 nodes, RaBitQ codes in lists after a rotation, and such codes with vectors on disk", async () => {
    const folder = await mkdtemp(join(tmpdir(), "faiss-made-"));
    try {
      const { queries } = kindCases[0]!;
      const vectors = Float32Array.from({ length: 400 * 16 }, (_, i) => Math.sin(i * i));
      const option = { kind: "ivf-rabitq", nlist: 4, nprobe: 4 } as const;
      const codes = createIndex(option, { dimensions: 16, metric: "l2" });
      const index = new IndexHNSWFlat(16, { m: 8 });
      const refined = createIndex(
        { ...option, bits: 2, rerank: 30, rowsFolder: folder },
        { dimensions: 16, metric: "l2" },
      );
      const tasks: object[] = [];
      for (const made of [index, codes, refined]) {
        await made.train(vectors);
        await made.add(vectors);
        const path = join(folder, `${made.kind}.faiss`);
        await writeFile(path, await indexToBytes(made));
        tasks.push({ path, queries: [...queries], k, efSearch: 400 });
      }
      const found: { distances: number[]; labels: number[] }[] = JSON.parse(
        execFileSync(PYTHON, [join(__dirname, "read-in-python.py")], {
          input: JSON.stringify(tasks),
          encoding: "utf8",
        }),
      );
      for (const [i, made] of [index, codes, refined].entries()) {
        const here = await made.search(queries, k, { efSearch: 400 });
        expect(found[i]!.labels).toEqual([...here.labels].map(Number));
        for (const [rank, distance] of here.distances.entries())
          expect(found[i]!.distances[rank]).toBeCloseTo(distance, 3);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});
