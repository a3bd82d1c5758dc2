import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { PoolingMode } from "../../../src/graph/layers/pooling.js";
import { poolTokens, type TokenVectors } from "../../../src/modules/apply/pool-tokens.js";
import { POOLING_MODES } from "../../../src/modules/config/pooling-config.js";

/** Two texts with two-dimensional vectors: one of three tokens, and one of one token and two of padding. */
const BATCH: TokenVectors = {
  data: Float32Array.of(1, 10, 2, 20, 6, 0, 4, -4, 99, 99, 99, 99),
  rows: 2,
  tokens: 3,
  width: 2,
  mask: Int32Array.of(1, 1, 1, 1, 0, 0),
};

describe("poolTokens", () => {
  it.each<[PoolingMode, number[], number[]]>([
    ["cls", [1, 10], [4, -4]],
    ["max", [6, 20], [4, -4]],
    ["mean", [3, 10], [4, -4]],
    ["mean_sqrt_len_tokens", [9 / Math.sqrt(3), 30 / Math.sqrt(3)], [4, -4]],
    ["weightedmean", [(1 + 4 + 18) / 6, (10 + 40) / 6], [4, -4]],
    ["lasttoken", [6, 0], [4, -4]],
  ])("pools by %s over the tokens that are not padding", (mode, first, second) => {
    const pooled = poolTokens(BATCH, [mode]);
    expect(pooled[0]).toEqual(Float32Array.from(first));
    expect(pooled[1]).toEqual(Float32Array.from(second));
  });

  it("concatenates several modes in order", () => {
    expect(poolTokens(BATCH, ["lasttoken", "cls"])[0]).toEqual(Float32Array.of(6, 0, 1, 10));
  });

  it.each<[PoolingMode, number[]]>([
    ["cls", [2, 20]],
    ["max", [6, 20]],
    ["mean", [4, 10]],
    ["weightedmean", [(2 * 2 + 3 * 6) / 5, (2 * 20) / 5]],
    ["lasttoken", [6, 0]],
  ])("leaves the prompt's tokens out of %s", (mode, expected) => {
    expect(poolTokens(BATCH, [mode], 1)[0]).toEqual(Float32Array.from(expected));
  });

  it("gives zeros, not NaN, for a text that has only its prompt", () => {
    for (const mode of POOLING_MODES.filter((one) => one !== "max")) {
      expect(poolTokens(BATCH, [mode], 3)[0]).toEqual(Float32Array.of(0, 0));
    }
  });

  it("gives the same for padding on either side, and for any amount of it", () => {
    const texts = fc.array(
      fc.array(fc.float({ noNaN: true, min: -1, max: 1 }), { minLength: 1, maxLength: 5 }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    const modes = fc.subarray([...POOLING_MODES], { minLength: 1 });
    fc.assert(
      fc.property(texts, modes, fc.nat(3), fc.nat(2), (rows, chosen, extra, skip) => {
        const alone = rows.map((row) => poolTokens(padded([row], "right", 0), chosen, skip)[0]);
        expect(poolTokens(padded(rows, "right", extra), chosen, skip)).toEqual(alone);
        expect(poolTokens(padded(rows, "left", extra), chosen, skip)).toEqual(alone);
      }),
    );
  });
});

/** Rows of one-dimensional token vectors, padded with a value that would change the result. */
function padded(rows: readonly (readonly number[])[], side: "left" | "right", extra: number): TokenVectors {
  const tokens = Math.max(...rows.map((row) => row.length)) + extra;
  const data = new Float32Array(rows.length * tokens).fill(77);
  const mask = new Int32Array(rows.length * tokens);
  rows.forEach((row, i) => {
    const start = i * tokens + (side === "left" ? tokens - row.length : 0);
    data.set(row, start);
    mask.fill(1, start, start + row.length);
  });
  return { data, rows: rows.length, tokens, width: 1, mask };
}
