import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { LabelTable } from "../../src/ids/label-table.js";

const label = fc.oneof(
  fc.bigInt({ min: -3n, max: 3n }),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  // The same lower half, or the same upper half.
  fc.bigInt({ min: 0n, max: 9n }).map((n) => (n << 32n) | 7n),
);

describe("LabelTable", () => {
  it("agrees with a Map, and keeps the last of equal labels", () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 200 }), fc.array(label), (labels, others) => {
        const table = new LabelTable(labels.length, (ordinal) => labels[ordinal]!);
        const map = new Map(labels.map((each, ordinal) => [each, ordinal]));
        for (const each of [...labels, ...others]) expect(table.find(each)).toBe(map.get(each));
      }),
    );
  });

  it("is filled step by step, and a lookup before that continues as far as needed", () => {
    const table = new LabelTable(10_000, (ordinal) => BigInt(ordinal * 3));
    expect(table.fill()).toBe(true);
    expect(table.find(29_997n)).toBe(9_999);
    expect(table.fill()).toBe(false);
    expect(table.find(1n)).toBeUndefined();
  });
});
