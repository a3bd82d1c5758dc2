import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Runnable } from "@langchain/core/runnables";
import fc from "fast-check";
import { RunRecorder } from "./run-recorder.js";

type Pair = readonly [query: string, text: string];
type Options = { signal?: AbortSignal };

/** The part of a cross-encoder that the suite uses; `BaseCrossEncoder` fits. */
export interface CrossEncoderUnderTest extends Runnable<readonly Pair[], number[]> {
  score(pairs: readonly Pair[], options?: Options): Promise<number[]>;
  rank(
    query: string,
    texts: readonly string[],
    options?: Options & { topN?: number; callbacks?: RunRecorder[] },
  ): Promise<{ index: number; score: number; text: string }[]>;
  dispose?(): Promise<void>;
}

export interface CrossEncoderSuiteOptions {
  /** Called once for the whole suite. */
  readonly create: () => CrossEncoderUnderTest | Promise<CrossEncoderUnderTest>;
  /** Query, with at least three candidates of different length in `texts`. @default English sentences */
  readonly query?: string;
  readonly texts?: readonly string[];
  /** Largest difference between a pair's score alone and in a batch; relative for scores above 1. @default 0 */
  readonly batchTolerance?: number;
}

const QUERY = "How do I save an index?";
const TEXTS = [
  "Call save with the name of a folder, and load to read the index back.",
  "Bananas ripen faster in a paper bag.",
  "An index that was saved by Python can be loaded here, because both write the same file format.\nIt is exact.",
  "",
  "index",
];

/** Tests the laws of all cross-encoders. Call it inside a `describe`. */
export function crossEncoderSuite({
  create,
  query = QUERY,
  texts = TEXTS,
  batchTolerance = 0,
}: CrossEncoderSuiteOptions): void {
  describe("as a cross-encoder", () => {
    const pairs = texts.map((text): Pair => [query, text]);
    let encoder: CrossEncoderUnderTest;
    beforeAll(async () => {
      encoder = await create();
    });
    afterAll(() => encoder.dispose?.());

    const expectNear = (actual: number, expected: number) =>
      expect(Math.abs(actual - expected)).toBeLessThanOrEqual(
        batchTolerance * Math.max(1, Math.abs(expected)),
      );

    it("returns one finite score for each pair", async () => {
      const scores = await encoder.score(pairs);
      expect(scores).toHaveLength(pairs.length);
      expect(scores.every((score) => Number.isFinite(score))).toBe(true);
      expect(new Set(scores).size).toBeGreaterThan(1);
    });

    it("returns an empty list for no pairs", async () => {
      expect(await encoder.score([])).toEqual([]);
      expect(await encoder.invoke([])).toEqual([]);
      expect(await encoder.rank(query, [])).toEqual([]);
    });

    it("scores a pair alone as in a batch", async () => {
      const together = await encoder.score(pairs);
      for (const [index, pair] of pairs.entries()) {
        const [alone] = await encoder.score([pair]);
        expectNear(alone as number, together[index] as number);
      }
    });

    it("keeps the caller's order, whatever it is", async () => {
      const scores = await encoder.score(pairs);
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.nat({ max: pairs.length - 1 }), { minLength: 1, maxLength: 6 }),
          async (picks) => {
            const picked = await encoder.score(picks.map((pick) => pairs[pick] as Pair));
            for (const [position, pick] of picks.entries())
              expectNear(picked[position] as number, scores[pick] as number);
          },
        ),
        { numRuns: 8, seed: 1 },
      );
    });

    it("does not change the caller's pairs", async () => {
      const frozen = Object.freeze(pairs.map((pair) => Object.freeze([...pair] as [string, string])));
      await expect(encoder.score(frozen)).resolves.toHaveLength(pairs.length);
    });

    it("scores as a Runnable, alone, in a batch of lists, streamed and piped", async () => {
      const scores = await encoder.score(pairs);
      const near = (actual: number[]) =>
        actual.forEach((score, i) => void expectNear(score, scores[i] as number));
      near(await encoder.invoke(pairs));
      const [first, second] = await encoder.batch([pairs, []]);
      near(first as number[]);
      expect(second).toEqual([]);
      for await (const streamed of await encoder.stream(pairs)) near(streamed);
      expect(await encoder.pipe((found: number[]) => found.length).invoke(pairs)).toBe(pairs.length);
    });

    it("ranks by descending score, with index and text", async () => {
      const scores = await encoder.score(pairs);
      const ranked = await encoder.rank(query, texts);
      expect(ranked.map(({ index }) => index).sort()).toEqual(texts.map((_, index) => index));
      for (const [position, { index, score, text }] of ranked.entries()) {
        expect(text).toBe(texts[index]);
        expectNear(score, scores[index] as number);
        if (position > 0) expect(ranked[position - 1]?.score).toBeGreaterThanOrEqual(score);
      }
    });

    it("keeps the order of texts with equal scores", async () => {
      const twins = [texts[0], texts[0], texts[0]] as string[];
      expect((await encoder.rank(query, twins)).map(({ index }) => index)).toEqual([0, 1, 2]);
    });

    it("returns the best topN, all of them when topN is larger", async () => {
      const all = await encoder.rank(query, texts);
      const best = await encoder.rank(query, texts, { topN: 2 });
      expect(best.map(({ index }) => index)).toEqual(all.slice(0, 2).map(({ index }) => index));
      expect(await encoder.rank(query, texts, { topN: 99 })).toHaveLength(texts.length);
    });

    it.each([0, -1, 1.5, Number.NaN])("rejects a topN of %d", async (topN) => {
      await expect(encoder.rank(query, texts, { topN })).rejects.toMatchObject({
        name: "InvalidOptionError",
      });
    });

    it("rejects with the signal's reason once aborted, and works again after that", async () => {
      const reason = new Error("changed my mind");
      const signal = AbortSignal.abort(reason);
      await expect(encoder.score(pairs, { signal })).rejects.toBe(reason);
      await expect(encoder.invoke(pairs, { signal })).rejects.toBe(reason);
      await expect(encoder.rank(query, texts, { signal })).rejects.toBe(reason);
      await expect(encoder.score(pairs)).resolves.toHaveLength(pairs.length);
    });

    it("is traced: one run for each invoke and rank", async () => {
      const recorder = new RunRecorder();
      await encoder.invoke(pairs, { callbacks: [recorder] });
      await encoder.rank(query, texts, { callbacks: [recorder] });
      expect(recorder.roots.map(({ name }) => name)).toEqual([encoder.getName(), encoder.getName()]);
      for (const run of recorder.roots) expect(run.outputs?.output).toHaveLength(pairs.length);
    });
  });
}
