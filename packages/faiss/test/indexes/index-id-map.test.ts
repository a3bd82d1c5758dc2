import { describe, expect, it } from "@jest/globals";
import type { VectorIndex } from "../../src/contract/vector-index.js";
import { IndexFlatL2 } from "../../src/indexes/flat/index-flat.js";
import { IndexIDMap, IndexIDMap2 } from "../../src/indexes/index-id-map.js";

const VECTORS = Float32Array.of(0, 1, 2, 3);
const IDS = BigInt64Array.of(70n, -5n, 2n ** 53n + 1n, 70n);

for (const Kind of [IndexIDMap, IndexIDMap2]) {
  describe(Kind.name, () => {
    const filled = async () => {
      const map = new Kind(new IndexFlatL2(1));
      await map.addWithIds(VECTORS, IDS);
      return map;
    };

    it("returns the caller's ids, and -1 for missing vectors", async () => {
      const { labels } = await (await filled()).search(Float32Array.of(0), 5);
      expect([...labels]).toEqual([70n, -5n, 2n ** 53n + 1n, 70n, -1n]);
    });

    it("filters by id", async () => {
      const map = await filled();
      const negative = await map.search(Float32Array.of(0), 2, { filter: (id) => id < 0n });
      expect([...negative.labels]).toEqual([-5n, -1n]);
      const bitmap = new Uint8Array(9);
      bitmap[70 >> 3] = 1 << (70 & 7);
      expect([...(await map.search(Float32Array.of(0), 2, { filter: bitmap })).labels]).toEqual([70n, 70n]);
    });

    it("removes every vector of an id", async () => {
      const map = await filled();
      expect(map.reconstruct(70n)).toEqual(Float32Array.of(3));
      expect(await map.removeIds([70, 1])).toBe(2);
      expect([...map.idMap]).toEqual([-5n, 2n ** 53n + 1n]);
      await (map as VectorIndex).prepareReconstruct?.();
      expect(map.reconstruct(-5n)).toEqual(Float32Array.of(1));
      expect(() => map.reconstruct(70n)).toThrow("id of a stored vector");
    });

    it("throws for vectors without ids, or with another number of ids", async () => {
      const map = await filled();
      await expect(map.add()).rejects.toThrow("addWithIds");
      await expect(map.addWithIds(VECTORS, IDS.subarray(1))).rejects.toThrow("one for each of 4");
    });
  });
}
