import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { sharedTokens } from "../../src/modules/shared-tokens.js";

const of = (...texts: number[][]) => sharedTokens(texts.map((ids) => ({ ids: Int32Array.from(ids) })));

describe("sharedTokens", () => {
  it.each([
    { texts: [], shared: 0 },
    { texts: [[]], shared: 0 },
    { texts: [[7]], shared: 0 },
    { texts: [[7, 7, 7]], shared: 0 },
    {
      texts: [
        [1, 2, 3, 9],
        [1, 2, 4, 9],
      ],
      shared: 2,
    },
    {
      texts: [
        [1, 2, 3],
        [1, 2, 3, 4],
      ],
      shared: 1,
    },
    {
      texts: [
        [1, 2, 3, 9, 9, 9],
        [1, 2, 3, 9, 9, 8],
      ],
      shared: 2,
    },
    {
      texts: [
        [1, 2],
        [3, 2],
      ],
      shared: 0,
    },
  ])("is $shared of $texts", ({ texts, shared }) => {
    expect(of(...texts)).toBe(shared);
  });

  it("leaves each text at least one token, and one that differs from the last", () => {
    const text = fc.array(fc.nat(2), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 4 }), (texts) => {
        const shared = of(...texts);
        for (const ids of texts) {
          expect(ids.slice(0, shared)).toEqual(texts[0]!.slice(0, shared));
          expect(shared).toBeLessThan(ids.length);
          const rest = ids.slice(shared);
          if (new Set(ids).size > 1) expect(new Set(rest).size).toBeGreaterThan(1);
        }
      }),
    );
  });
});
