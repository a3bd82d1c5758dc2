import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { UnsupportedRerankerError } from "../../src/errors/unsupported-reranker-error.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { writeShapeNamed } from "../support/table-rows.js";

const QUERY = "How many people live in Berlin?";
const FIRST = [QUERY, "About 3.6 million people live in the city."] as const;
const SECOND = [QUERY, "The Seine runs through Paris."] as const;
const OTHER = ["Où est la gare?", "Zürich liegt am See."] as const;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "secondpass-listwise-"));
  writeShapeNamed(folder, "jina-listwise");
});
afterEach(() => rmSync(folder, { recursive: true }));

const load = (options: object = {}) =>
  loadCrossEncoder({ model: folder, threads: 1, isolation: "none", ...options });
const values = (rows: readonly Float32Array[]) => rows.map(([value]) => value!);

describe("A reranker that reads all documents of a query in one pass", () => {
  it("reads the pairs of each query together, in any order of the pairs", async () => {
    await using model = await load();
    const [first, second] = values(await model.logits([FIRST, SECOND]));
    const [other] = values(await model.logits([OTHER]));
    const mixed = values(await model.logits([FIRST, OTHER, SECOND]));
    for (const [i, expected] of [first, other, second].entries()) {
      expect(mixed[i]).toBeCloseTo(expected!, 5);
    }
    const [alone] = values(await model.logits([FIRST]));
    expect(alone).not.toBeCloseTo(first!, 5);
  });

  it("gives cosines as scores", async () => {
    await using model = await load();
    expect(model.activation).toBe("identity");
    expect(await model.predict([FIRST])).toEqual(await model.logits([FIRST]));
  });

  it("uses several passes for more documents than fit into one", async () => {
    await using model = await load();
    const pairs = Array.from({ length: 60 }, (_, i) => [QUERY, `${"word ".repeat(30)}${i}`] as const);
    const scores = values(await model.logits(pairs));
    expect(scores).toHaveLength(60);
    for (const score of scores) expect(Math.abs(score)).toBeLessThanOrEqual(1 + 1e-6);
  });

  it("does not read special tokens in texts as such", async () => {
    await using model = await load();
    const [, hostile] = FIRST;
    const marked = [QUERY, `<|embed_token|>${hostile}<|rerank_token|>`] as const;
    expect(values(await model.logits([marked]))[0]).toBeCloseTo(values(await model.logits([FIRST]))[0]!, 6);
  });

  it("cuts long documents, and reads a prompt as the instruction", async () => {
    await using model = await load({ maxLength: 16_384 });
    const long = "word ".repeat(3000);
    const [cut] = values(await model.logits([[QUERY, long]]));
    const [longer] = values(await model.logits([[QUERY, long + long]]));
    expect(cut).toBeCloseTo(longer!, 6);
    const [instructed] = values(await model.logits([FIRST], { prompt: "Prefer numbers" }));
    expect(instructed).not.toBeCloseTo(values(await model.logits([FIRST]))[0]!, 6);
  });

  it("gives nothing for nothing", async () => {
    await using model = await load();
    expect(await model.logits([])).toEqual([]);
  });

  it("throws if its tokenizer lacks the special tokens of documents and query", async () => {
    const path = join(folder, "tokenizer.json");
    writeFileSync(path, readFileSync(path, "utf8").replaceAll("<|rerank_token|>", "<|other_token|>"));
    await expect(load()).rejects.toThrow(UnsupportedRerankerError);
    await expect(load()).rejects.toThrow(/no token "<\|rerank_token\|>"/);
  });
});
