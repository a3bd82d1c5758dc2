import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { compileFilter } from "../../src/filter/compile-filter.js";
import { equalValues } from "../../src/filter/equal-values.js";
import { ValueList } from "../../src/filter/value-list.js";

/** Few values of each type, so that equal ones occur. */
const scalar = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    false,
    "",
    "a",
    "b",
    "1",
    0,
    -0,
    1,
    2.5,
    2 ** 53,
    Number.NaN,
    Infinity,
  ),
  fc.constantFrom<unknown>(0n, 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 80n, 2 ** 80),
  fc.constantFrom(0, 1, Number.NaN).map((time) => new Date(time)),
);

const value = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie("any"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("any"), { maxKeys: 3 }),
    fc
      .array(fc.tuple(fc.constantFrom<unknown>("a", "b", 1), tie("any")), { maxLength: 2 })
      .map((entries) => new Map(entries)),
    fc.array(scalar, { maxLength: 2 }).map((items) => new Set(items)),
  ),
})).any;

describe("ValueList", () => {
  it("has a value if `equalValues` holds for one of its values", () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 6 }), value, (values, one) => {
        expect(new ValueList(values).has(one)).toBe(values.some((other) => equalValues(one, other)));
      }),
      { numRuns: 1000 },
    );
  });

  it("looks values of every type up in lists of 100,000", () => {
    const list: unknown[] = [];
    for (let i = 0; i < 100_000; i += 5)
      list.push(i, BigInt(i + 1), `s${i}`, new Date(i), { id: i, tags: [i] });
    const isIn = compileFilter({ v: { $in: list } });
    const isNotIn = compileFilter({ v: { $nin: list } });
    // One after the other, this would take minutes.
    for (let i = 0; i < 200; i++) {
      const isHere = i % 5 === 0;
      for (const v of [i, `s${i}`, new Date(i), { tags: [i], id: i }, BigInt(i)]) {
        expect(isIn({ v })).toBe(isHere || (i % 5 === 1 && (typeof v === "number" || typeof v === "bigint")));
        expect(isNotIn({ v })).toBe(!isIn({ v }));
      }
    }
    expect(isIn({})).toBe(false);
    expect(compileFilter({ v: [...list, null] })({})).toBe(true);
  });
});
