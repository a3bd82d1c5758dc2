import { expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { splitMix } from "../../src/kernels/split-mix.js";

/** The generator as published, in 64 bits. */
function inBigInts(seed: number): () => number {
  let state = BigInt(seed);
  const wrap = (value: bigint) => BigInt.asUintN(64, value);
  return () => {
    state = wrap(state + 0x9e3779b97f4a7c15n);
    let mixed = wrap((state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n);
    mixed = wrap((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn);
    return Number((mixed ^ (mixed >> 31n)) & 0x7fffffffn);
  };
}

it("draws the same in 32-bit halves as in 64 bits", () => {
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 32 - 1 }), (seed) => {
      const [halves, whole] = [splitMix(seed), inBigInts(seed)];
      for (let i = 0; i < 20; i++) expect(halves()).toBe(whole());
    }),
  );
});
