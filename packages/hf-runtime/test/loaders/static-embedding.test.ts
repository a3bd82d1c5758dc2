import { describe, expect, it } from "@jest/globals";
import { kindFolder, kindGolden, safetensorsFile, unpacked } from "@secondpass/test-kit";
import fc from "fast-check";
import { MissingWeightError } from "../../src/errors/missing-weight-error.js";
import { NoSafetensorsError } from "../../src/errors/no-safetensors-error.js";
import { UnsupportedDtypeError } from "../../src/errors/unsupported-dtype-error.js";
import { UnsupportedTokenizerError } from "../../src/errors/unsupported-tokenizer-error.js";
import { WeightShapeError } from "../../src/errors/weight-shape-error.js";
import { loadEncoder } from "../../src/load-encoder.js";

const golden = kindGolden("embedders");
const texts = golden.cases;
/** Largest difference from PyTorch's float32. */
const TOLERANCE = 1e-5;
const PLAIN = "static embedding";
const names = Object.keys(golden.models).filter((name) => name.startsWith(PLAIN));
const TOKENS = 200;

const load = (model: string, options: object = {}) => loadEncoder({ model, threads: 1, ...options });
const worst = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i]!)));

/** A table whose row of token t is [t, 2t]. */
const table = (name: string, dtype: string, values: NodeJS.TypedArray, tokens = TOKENS) =>
  safetensorsFile([{ name, dtype, shape: [tokens, 2], values }]);
const numbers = Array.from({ length: TOKENS }, (_, token) => [token % 64, 2 * (token % 64)]).flat();
/** Converts numbers to bfloat16, float32's upper half. */
const bfloat16 = (values: readonly number[]) =>
  Uint16Array.from(values, (value) => new Uint32Array(Float32Array.of(value).buffer)[0]! >>> 16);
/** Converts integers up to 2048 to float16. */
const float16 = (values: readonly number[]) =>
  Uint16Array.from(values, (value) => {
    if (value === 0) return 0;
    const exponent = Math.floor(Math.log2(value));
    return ((exponent + 15) << 10) | ((value / 2 ** exponent - 1) * 1024);
  });

describe("A model that begins with StaticEmbedding", () => {
  it.each(names)("gives sentence-transformers' vectors: %s", async (name) => {
    await using model = await load(kindFolder(golden, name));
    for (const { task, options, rows } of golden.models[name]!.runs) {
      // encode_query applies the prompt "query"; here the caller chooses the prompt.
      const promptName = task && Object.hasOwn(model.prompts, task) ? { promptName: task } : {};
      const vectors = await model.embed(texts, { ...promptName, ...options });
      for (const [i, row] of rows.entries()) {
        expect(worst(vectors[i]!, unpacked(row as string))).toBeLessThan(TOLERANCE);
        const [alone] = await model.embed([texts[i]!], { ...promptName, ...options });
        expect(alone).toEqual(vectors[i]);
      }
      expect(model.dimensions).toBe(vectors[0]!.length);
    }
  });

  it("reads texts of any length, up to the caller's limit", async () => {
    await using model = await load(kindFolder(golden, PLAIN));
    expect(model.maxLength).toBe(Number.POSITIVE_INFINITY);
    const long = "Paris ".repeat(5000);
    expect(model.countTokens(long)).toBe(5000 * model.countTokens("Paris"));
    const [whole, once] = await model.embed([long, "Paris"]);
    expect(worst(whole!, once!)).toBeLessThan(TOLERANCE);
    await using short = await load(kindFolder(golden, PLAIN), { maxLength: 2 });
    const [cut, other] = await short.embed(["the the Paris", "the the"]);
    expect(cut).toEqual(other);
  });

  it("gives zeros for a text without tokens", async () => {
    await using model = await load(kindFolder(golden, PLAIN));
    const [vector] = await model.embed([""]);
    expect([...vector!].every((value) => value === 0)).toBe(true);
  });

  it.each([
    ["F64", Float64Array.from(numbers)],
    ["F32", Float32Array.from(numbers)],
    ["F16", float16(numbers)],
    ["BF16", bfloat16(numbers)],
    ["I8", Int8Array.from(numbers)],
    ["U8", Uint8Array.from(numbers)],
  ])("reads a table of %s", async (dtype, values) => {
    const expected = await load(
      kindFolder(golden, PLAIN, {
        "model.safetensors": table("embeddings", "F32", Float32Array.from(numbers)),
      }),
    );
    await using model = await load(
      kindFolder(golden, PLAIN, { "model.safetensors": table("embeddings", dtype, values) }),
    );
    // In the table that this test writes, numbers too large for int8 wrap around.
    const [a, b] = [await model.embed(["Paris"]), await expected.embed(["Paris"])];
    if (dtype !== "I8") expect(a).toEqual(b);
    else expect(a[0]!.every(Number.isFinite)).toBe(true);
  });

  it("gives a joined text the mean of its parts, weighted by their tokens", async () => {
    await using model = await load(kindFolder(golden, PLAIN));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("paris", "the", "berlin", "is"), { minLength: 1 }),
        async (words) => {
          const parts = await model.embed(words);
          const [whole] = await model.embed([words.join(" ")]);
          const counts = words.map((word) => model.countTokens(word));
          const total = counts.reduce((sum, count) => sum + count, 0);
          const mean = whole!.map(
            (_, i) => parts.reduce((sum, part, k) => sum + part[i]! * counts[k]!, 0) / total,
          );
          expect(worst(whole!, mean)).toBeLessThan(TOLERANCE);
        },
      ),
      { numRuns: 20 },
    );
  });

  it("computes without a session, reports its progress and stops when the signal aborts", async () => {
    await using model = await load(kindFolder(golden, PLAIN), { isolation: "process" });
    const done: number[] = [];
    const many = Array.from({ length: 300 }, (_, i) => `text ${i}`);
    await model.embed(many, { onProgress: (count, total) => done.push(count / total) });
    expect(done.at(-1)).toBe(1);
    const reason = new Error("enough");
    await expect(model.embed(many, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    await model.dispose();
    await expect(model.embed(["a"])).rejects.toThrow("disposed");
  });

  it("names errors in its files", async () => {
    const float = Float32Array.from(numbers);
    const changed = (changes: object) => load(kindFolder(golden, PLAIN, { ...changes }));
    await expect(changed({ "tokenizer.json": undefined })).rejects.toThrow(UnsupportedTokenizerError);
    await expect(changed({ "model.safetensors": undefined, "tf_model.h5": "x" })).rejects.toThrow(
      NoSafetensorsError,
    );
    await expect(changed({ "model.safetensors": table("other", "F32", float) })).rejects.toThrow(
      MissingWeightError,
    );
    await expect(
      changed({ "model.safetensors": table("embeddings", "I16", Int16Array.from(numbers)) }),
    ).rejects.toThrow('Expected weight "embeddings" to be F64, F32, F16, BF16, I8 or U8, got I16');
    await expect(load(kindFolder(golden, PLAIN), { dtype: "uint8" })).rejects.toThrow(UnsupportedDtypeError);
    const mapping = {
      name: "mapping",
      dtype: "I64",
      shape: [TOKENS],
      values: new BigInt64Array(TOKENS).fill(500n),
    };
    const embeddings = { name: "embeddings", dtype: "F32", shape: [TOKENS, 2], values: float };
    await expect(changed({ "model.safetensors": safetensorsFile([embeddings, mapping]) })).rejects.toThrow(
      'Expected weight "mapping" to be positions in a table of 200 rows, from 0 on, got 500 for token 0',
    );
    const small = { ...embeddings, shape: [3, 2], values: float.slice(0, 6) };
    await using model = await changed({ "model.safetensors": safetensorsFile([small]) });
    await expect(model.embed(["Paris"])).rejects.toThrow(WeightShapeError);
  });
});
