import { expect, it } from "@jest/globals";
import { workSlices } from "@secondpass/core";
import * as fc from "fast-check";
import { packResults } from "../../src/kernels/pack-results.js";
import { TopK } from "../../src/kernels/top-k.js";

it("sorts the same in slices as without pauses", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: -3, max: 3 }), fc.nat({ max: 50 }))),
      fc.integer({ min: 1, max: 60 }),
      async (pairs, k) => {
        const best = new TopK(k);
        for (const [score, position] of pairs) best.push(score, position);
        const expected = best.sorted();
        await best.sortInSlices(workSlices());
        const sorted = Array.from({ length: best.count }, (_, rank) => [
          best.scoreAt(rank),
          best.positionAt(rank),
        ]);
        expect(sorted).toEqual(expected);
      },
    ),
  );
});

it("packs many neighbours in the same order as few", async () => {
  const best = new TopK(5000);
  for (let i = 0; i < 5000; i++) best.push((i * 7919) % 5000, i);
  const expected = best.sorted().map(([, position]) => BigInt(position));
  const { labels } = await packResults("inner_product", [best], 1, 5001, undefined);
  expect([...labels]).toEqual([...expected, -1n]);
});
