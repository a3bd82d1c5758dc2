import { describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import fc from "fast-check";
import type { LogitsSource } from "../../src/scoring/logits-source.js";
import { screenedLogits } from "../../src/scoring/screened-logits.js";

/** A source whose logits are looked up by the pair's text, and the texts it was asked for. */
function sourceOf(logits: Readonly<Record<string, number>>) {
  const asked: string[] = [];
  const source: LogitsSource = async (pairs) =>
    pairs.map(([, text]) => {
      asked.push(text);
      return Float32Array.of(logits[text]!);
    });
  return { source, asked };
}

const pairsOf = (texts: readonly string[]): TextPair[] => texts.map((text) => ["query", text]);
const best = (logits: readonly Float32Array[], n: number) =>
  [...logits.keys()].sort((a, b) => logits[b]![0]! - logits[a]![0]! || a - b).slice(0, n);

describe("screenedLogits", () => {
  const exact = { a: 5, b: 4.9, c: 0, d: -1, e: -6, f: -7, g: -8, h: -9 };
  const quick = { a: 4.9, b: 5, c: 0.1, d: -1, e: -6, f: -7, g: -8, h: -9 };
  const pairs = pairsOf(Object.keys(exact));

  it("scores exactly those that may be among the best, and no others", async () => {
    const [slow, fast] = [sourceOf(exact), sourceOf(quick)];
    const logits = await screenedLogits(slow.source, fast.source)(pairs, { topN: 1 });
    expect(fast.asked).toEqual(Object.keys(exact));
    expect(slow.asked.sort()).toEqual(["a", "b"]);
    expect(best(logits, 2)).toEqual([0, 1]);
    expect(logits.map(([x]) => x)).toEqual([5, 4.9, 0.1, -1, -6, -7, -8, -9].map(Math.fround));
  });

  it("asks at once for all that stand near int8's best", async () => {
    const near = { a: 5, b: 4.95, c: 4.9, d: -1, e: -6, f: -7, g: -8, h: -9 };
    let runs = 0;
    const { source, asked } = sourceOf(near);
    const counted: LogitsSource = (...all) => {
      runs += 1;
      return source(...all);
    };
    await screenedLogits(counted, sourceOf(near).source)(pairs, { topN: 1 });
    expect(asked).toEqual(["a", "b", "c"]);
    expect(runs).toBe(1);
  });

  it("looks further when the drift it sees is large", async () => {
    const drifted = { ...exact, a: -0.5 };
    const [slow, fast] = [sourceOf(drifted), sourceOf(quick)];
    const logits = await screenedLogits(slow.source, fast.source)(pairs, { topN: 2 });
    expect(best(logits, 2)).toEqual([1, 2]);
    expect(slow.asked).toEqual(expect.arrayContaining(["a", "b", "c", "d"]));
  });

  it("scores exactly what int8 has no number for", async () => {
    const [slow, fast] = [sourceOf(exact), sourceOf({ ...quick, e: Number.NaN })];
    const logits = await screenedLogits(slow.source, fast.source)(pairs, { topN: 1 });
    expect(slow.asked).toContain("e");
    expect(logits.map(([x]) => x)).not.toContain(Number.NaN);
    expect(best(logits, 1)).toEqual([0]);
  });

  it("scores everything exactly without topN, or when all are wanted", async () => {
    for (const topN of [undefined, pairs.length, 100]) {
      const [slow, fast] = [sourceOf(exact), sourceOf(quick)];
      await screenedLogits(slow.source, fast.source)(pairs, { topN });
      expect(slow.asked).toEqual(Object.keys(exact));
      expect(fast.asked).toEqual([]);
    }
  });

  it("reports the whole when it is done, each pair once", async () => {
    const progress: number[][] = [];
    const options = { topN: 2, onProgress: (done: number, total: number) => progress.push([done, total]) };
    await screenedLogits(sourceOf(exact).source, sourceOf(quick).source)(pairs, options);
    expect(progress.at(-1)).toEqual([8, 8]);
  });

  it("returns the float32 best, by value and order, whenever int8 drifts less than the margin", async () => {
    const logits = fc.array(
      fc.tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: -1, max: 1 })),
      {
        minLength: 4,
        maxLength: 40,
      },
    );
    await fc.assert(
      fc.asyncProperty(logits, fc.integer({ min: 1, max: 5 }), async (all, topN) => {
        const scores = all.map(([x]) => x / 100);
        const mean = scores.reduce((a, b) => a + b) / scores.length;
        const spread = Math.sqrt(scores.reduce((sum, x) => sum + (x - mean) ** 2, 0) / scores.length);
        // Within the least margin, and only just.
        const drift = all.map(([, sign]) => sign * spread * 0.07);
        const texts = all.map((_, i) => String(i));
        const exactly = Object.fromEntries(texts.map((text, i) => [text, scores[i]!]));
        const quickly = Object.fromEntries(texts.map((text, i) => [text, scores[i]! + drift[i]!]));
        const screened = await screenedLogits(sourceOf(exactly).source, sourceOf(quickly).source)(
          pairsOf(texts),
          {
            topN,
          },
        );
        const expected = scores.map((x) => Float32Array.of(x));
        expect(best(screened, topN).map((i) => screened[i])).toEqual(
          best(expected, topN).map((i) => expected[i]),
        );
      }),
    );
  });
});
