import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { InvalidOptionError, type TextPair } from "@secondpass/core";
import { seededSafetensors } from "@secondpass/test-kit";
import fc from "fast-check";
import type { CrossEncoder } from "../../src/contracts/cross-encoder.js";
import { MissingWeightError } from "../../src/errors/missing-weight-error.js";
import { ModelConfigError } from "../../src/errors/model-config-error.js";
import { SessionDisposedError } from "../../src/errors/session-disposed-error.js";
import { TokenHeadError } from "../../src/errors/token-head-error.js";
import { WeightShapeError } from "../../src/errors/weight-shape-error.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { writeShapeNamed } from "../support/table-rows.js";

interface TokenGolden {
  readonly pair: TextPair;
  readonly logit: number;
  /** [tokens of the passage] */
  readonly relevance: readonly number[];
  readonly bounds: readonly (readonly [start: number, end: number])[];
}

const TABLE = join(__dirname, "../goldens/table");
const TOLERANCE = 1e-4;

const goldenOf = (name: string) =>
  JSON.parse(readFileSync(join(TABLE, `${name}.json`), "utf8")) as { readonly tokens: TokenGolden[] };

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "secondpass-heads-"));
});
afterAll(() => rmSync(scratch, { recursive: true }));

let count = 0;
function folderOf(name: string, config: Readonly<Record<string, unknown>> = {}): string {
  const folder = join(scratch, `${name}-${count++}`);
  mkdirSync(folder);
  writeShapeNamed(folder, name, config);
  return folder;
}
const load = (name: string, options: object = {}, config: Readonly<Record<string, unknown>> = {}) =>
  loadCrossEncoder({ model: folderOf(name, config), threads: 1, isolation: "none", ...options });

describe.each(["provence", "xprovence", "open-provence", "semantic-highlight"])(
  "A reranker with a head for tokens: %s",
  (name) => {
    const { tokens: golden } = goldenOf(name);
    const pairs = golden.map(({ pair }) => pair);
    let model: CrossEncoder;
    beforeAll(async () => {
      model = await load(name);
    });
    afterAll(() => model.dispose());

    it("gives the reference's logits, and the relevance of each token with its position in the passage", async () => {
      const found = await model.scoreTokens(pairs);
      for (const [i, { logit, relevance, bounds }] of golden.entries()) {
        const { logits, tokens } = found[i]!;
        expect(Math.abs(logits[0]! - logit)).toBeLessThan(TOLERANCE);
        // The reference cuts a passage that does not fit. Here the rest is read in further windows, each starting after a sentence or word.
        const [query, passage] = pairs[i]!;
        const isCut = model.countTokens(query, passage) > model.maxLength;
        const count = isCut ? tokens.filter(({ end }) => 2 * end < bounds.at(-1)![1]).length : tokens.length;
        expect(count).toBeGreaterThan(isCut ? 1 : 0);
        const same = tokens.slice(0, count);
        expect(same.map(({ start, end }) => [start, end])).toEqual(bounds.slice(0, count));
        if (!isCut) expect(bounds).toHaveLength(count);
        const worst = Math.max(...same.map((token, j) => Math.abs(token.relevance - relevance[j]!)));
        expect(worst).toBeLessThan(TOLERANCE);
      }
    });

    it("reads the whole passage, in windows if it does not fit", async () => {
      const sentence = 'The tide comes in at noon; "boats wait," said the keeper. Nobody swims ';
      const long: TextPair[] = [
        ["When does the tide come in?", sentence.repeat(12)],
        ["tide", "ebb".repeat(150)],
      ];
      const all = [...pairs, ...long];
      const found = await model.scoreTokens(all);
      for (const [i, [query, passage]] of all.entries()) {
        const { tokens, readStart, readEnd, logits } = found[i]!;
        expect([readStart, readEnd]).toEqual([0, passage.length]);
        const unread = Array.from(passage.matchAll(/[\p{L}\p{N}]/gu)).filter(
          ({ index }) => !tokens.some(({ start, end }) => start <= index && index < end),
        );
        expect(unread).toEqual([]);
        expect(logits[0]).toBeCloseTo((await model.logits([[query, passage]]))[0]![0]!, 5);
      }
      expect(model.countTokens(...long[0]!)).toBeGreaterThan(2 * model.maxLength);
    });

    it("scores a window like a passage that begins there", async () => {
      const [query, passage]: TextPair = [
        "When?",
        "The tide comes in at noon. Boats wait, and nobody swims before six. ".repeat(8),
      ];
      const [whole] = await model.scoreTokens([[query, passage]]);
      const starts = [...passage.matchAll(/[A-Z]/g)].map(({ index }) => index);
      const alone = await model.scoreTokens(starts.map((start) => [query, passage.slice(start)]));
      const isSame = (start: number, i: number) => {
        const at = whole!.tokens.findIndex((token) => token.end > start);
        return alone[i]!.tokens.slice(0, 6).every(({ relevance, end }, j) => {
          const token = whole!.tokens[at + j]!;
          return token.end === start + end && Math.abs(token.relevance - relevance) < 1e-5;
        });
      };
      // The first window, and at least one more.
      expect(starts.filter(isSame).length).toBeGreaterThanOrEqual(2);
    });

    it("gives a pair the same result alone, in a batch, and from predict", async () => {
      const together = await model.scoreTokens(pairs);
      const logits = await model.logits(pairs);
      for (const [i, pair] of pairs.entries()) {
        const [alone] = await model.scoreTokens([pair]);
        const { tokens } = together[i]!;
        expect(alone!.logits[0]).toBeCloseTo(together[i]!.logits[0]!, 5);
        // The windows make other batches than those of the score.
        expect(logits[i]![0]).toBeCloseTo(together[i]!.logits[0]!, 5);
        expect(alone!.tokens.map(({ start, end }) => [start, end])).toEqual(
          tokens.map(({ start, end }) => [start, end]),
        );
        for (const [j, token] of alone!.tokens.entries())
          expect(token.relevance).toBeCloseTo(tokens[j]!.relevance, 5);
      }
    });

    it("gives consecutive parts of any passage", async () => {
      const text = fc.string({ unit: "binary", maxLength: 40 });
      await fc.assert(
        fc.asyncProperty(text, text, async (query, passage) => {
          const [found] = await model.scoreTokens([[query, passage]]);
          let before = 0;
          for (const { start, end, relevance } of found!.tokens) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThanOrEqual(start);
            expect(end).toBeLessThanOrEqual(passage.length);
            expect(relevance).toBeGreaterThanOrEqual(0);
            expect(relevance).toBeLessThanOrEqual(1);
            before = start;
          }
        }),
        { numRuns: 8, seed: 7 },
      );
    });
  },
);

describe("A reranker with a head for tokens", () => {
  const pair: TextPair = [
    "How many people?",
    "About 3.6 million people live in the city. The rest is left out.",
  ];

  it.each(["provence", "open-provence"])("works in int8: %s", async (name) => {
    const pairs = goldenOf(name).tokens.map((one) => one.pair);
    await using exact = await load(name);
    await using other = await load(name, { dtype: "int8" });
    const [expected] = await exact.scoreTokens([pairs[0]!]);
    const [found] = await other.scoreTokens([pairs[0]!]);
    expect(found!.logits[0]).toBeCloseTo(expected!.logits[0]!, 0);
    expect(found!.tokens.map(({ start }) => start)).toEqual(expected!.tokens.map(({ start }) => start));
    expect(await other.logits(pairs)).toHaveLength(pairs.length);
  });

  it("has its configuration's threshold, and its author's scale of scores", async () => {
    await using open = await load("open-provence");
    expect([open.tokenThreshold, open.activation, open.numLabels]).toEqual([0.25, "sigmoid", 1]);
    await using navers = await load("provence");
    expect([navers.tokenThreshold, navers.activation, navers.numLabels]).toEqual([0.1, "identity", 1]);
  });

  it("cuts only the end of the passage with the option truncation", async () => {
    await using model = await load("open-provence", { maxLength: 24 });
    const [cut] = await model.scoreTokens([pair], { truncation: "only_second" });
    expect(cut!.readStart).toBe(0);
    expect(pair[1].slice(0, cut!.readEnd)).toMatch(/^About 3/);
    expect(cut!.tokens.at(-1)!.end).toBe(cut!.readEnd);
  });

  it("reads nothing of an empty passage", async () => {
    await using model = await load("provence");
    const [found] = await model.scoreTokens([["query", ""]]);
    expect(found).toMatchObject({ tokens: [], readStart: 0, readEnd: 0 });
    expect(await model.scoreTokens([])).toEqual([]);
  });

  it("uses the wrapper's maximum length, unless the caller sets another", async () => {
    await using model = await load("open-provence");
    expect(model.maxLength).toBe(64);
    await using longer = await load("open-provence", { maxLength: 100 });
    expect(longer.maxLength).toBe(100);
  });

  it("throws an error with its name if it has no such head", async () => {
    await using model = await load("modernbert-reranker");
    expect(model.tokenThreshold).toBeUndefined();
    await expect(model.scoreTokens([pair])).rejects.toThrow(TokenHeadError);
  });

  it("checks its arguments, and rejects after it is disposed", async () => {
    const model = await load("provence");
    await expect(model.scoreTokens([["a"]] as never)).rejects.toThrow(InvalidOptionError);
    await expect(model.scoreTokens([pair], { signal: AbortSignal.abort() })).rejects.toThrow(/abort/);
    await model.dispose();
    await expect(model.scoreTokens([pair])).rejects.toThrow(SessionDisposedError);
  });

  it("throws without the head's weights, or with weights of another shape", async () => {
    const bare = { model_type: "Provence", architectures: ["Provence"] };
    await expect(load("deberta-v3-reranker", {}, bare)).rejects.toThrow(MissingWeightError);
    await expect(load("deberta-v3-reranker", {}, bare)).rejects.toThrow(/token_classifier\.weight/);
    // A head with three labels has the wrong shape.
    const name = "semantic-highlight";
    const folder = folderOf(name);
    const golden = JSON.parse(readFileSync(join(TABLE, `${name}.json`), "utf8"));
    const recipes = {
      ...golden.tensors["model.safetensors"],
      "pruning_head.classifier.weight": "0 0.3 3x24",
    };
    writeFileSync(join(folder, "model.safetensors"), seededSafetensors(recipes, golden.seed));
    const loading = loadCrossEncoder({ model: folder, threads: 1, isolation: "none" });
    await expect(loading).rejects.toThrow(WeightShapeError);
  });

  it("throws if its wrapper has no inner configuration, or an invalid threshold", async () => {
    await expect(load("open-provence", {}, { base_model_config: null })).rejects.toThrow(ModelConfigError);
    await expect(load("open-provence", {}, { base_model_config: null })).rejects.toThrow(/base_model_config/);
    await expect(load("open-provence", {}, { default_threadshold: 2 })).rejects.toThrow(
      /default_threadshold.*between 0 and 1, got 2/,
    );
  });
});
