import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { ModelFolders } from "@secondpass/test-kit";
import fc from "fast-check";
import type { CrossEncoder } from "../../src/contracts/cross-encoder.js";
import type { Encoder } from "../../src/contracts/encoder.js";
import { loadCrossEncoder } from "../../src/load-cross-encoder.js";
import { loadEncoder } from "../../src/load-encoder.js";
import { toyModel } from "../support/toy-model.js";

/** float32's rounding differs a little between matrix shapes; the largest difference seen on the tiny models is 6e-7. */
const ROUNDING = 5e-6;

const folders = new ModelFolders();
const OWN = "config_sentence_transformers.json";
const ENCODER = folders.folder("bert-encoder");
const CROSS_ENCODER = folders.folder("bert-cross-encoder");
afterAll(() => folders.remove());

const word = fc.constantFrom(
  "Paris",
  "Berlin",
  "capital",
  "people",
  "of",
  "the",
  "runs",
  "2024",
  "é",
  "\n",
  ".",
);
const text = fc.array(word, { maxLength: 40 }).map((words) => words.join(" "));
const pair = fc.tuple(text, text);

function expectClose(a: readonly Float32Array[], b: readonly Float32Array[]): void {
  expect(a).toHaveLength(b.length);
  a.forEach((row, i) => {
    row.forEach((value, j) => {
      expect(Math.abs(value - b[i]![j]!)).toBeLessThan(ROUNDING);
    });
  });
}

describe("an encoder", () => {
  let encoder: Encoder;
  beforeAll(async () => {
    encoder = await loadEncoder({ model: ENCODER, threads: 1, batchTokens: 64, worker: false });
  });
  afterAll(() => encoder.dispose());

  it("gives a text the same vector alone and in a batch, in the caller's order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 8 }), async (texts) => {
        const alone = await Promise.all(texts.map(async (one) => (await encoder.embed([one]))[0]!));
        expectClose(await encoder.embed(texts), alone);
      }),
      { numRuns: 20 },
    );
  });

  it.each([1, 2])(
    "gives the same vectors in workers with %i threads and without a worker",
    async (threads) => {
      await using other = await loadEncoder({ model: ENCODER, threads, batchTokens: 64 });
      const texts = ["Paris is the capital.", "", ...new Array(8).fill("Berlin ".repeat(30))];
      expectClose(await other.embed(texts), await encoder.embed(texts));
      expect(await other.embed(["Paris"])).toEqual(await encoder.embed(["Paris"]));
    },
  );

  it("gives the same vectors without prepacked weights", async () => {
    await using other = await loadEncoder({ model: ENCODER, threads: 1, worker: false, lowMemory: true });
    expectClose(await other.embed(["Paris", "Berlin"]), await encoder.embed(["Paris", "Berlin"]));
  });

  it.each([true, false])("gives arrays of the caller's realm, with worker: %s", async (worker) => {
    await using other = await loadEncoder({ model: ENCODER, threads: 1, worker });
    expect((await other.embed(["Paris"]))[0]).toBeInstanceOf(Float32Array);
    await using crossEncoder = await loadCrossEncoder({ model: CROSS_ENCODER, threads: 1, worker });
    expect((await crossEncoder.logits([["Paris", "Berlin"]]))[0]).toBeInstanceOf(Float32Array);
  });

  it("cuts texts at the given maximum length", async () => {
    await using short = await loadEncoder({ model: ENCODER, threads: 1, worker: false, maxLength: 5 });
    expect(short.maxLength).toBe(5);
    expectClose(
      await short.embed(["Paris Paris Paris Paris Paris"]),
      await short.embed(["Paris Paris Paris"]),
    );
    expect(short.countTokens("Paris Paris Paris Paris Paris")).toBe(7);
  });

  it("accepts the prompts that every model has, and throws for unknown ones", async () => {
    const [plain] = await encoder.embed(["Paris"]);
    expect(await encoder.embed(["Paris"], { promptName: "query" })).toEqual([plain]);
    expect(await encoder.embed(["ris"], { prompt: "Pa" })).toEqual([plain]);
    await expect(encoder.embed(["Paris"], { promptName: "poem" })).rejects.toMatchObject({
      name: "UnknownPromptError",
      promptName: "poem",
    });
    await expect(encoder.embed(["Paris"], { promptName: "toString" })).rejects.toThrow(/"toString"/);
  });
});

/** With two threads, a model as small as this gets a pool of workers. */
describe.each([1, 2])("a cross-encoder with %i threads", (threads) => {
  let crossEncoder: CrossEncoder;
  beforeAll(async () => {
    crossEncoder = await loadCrossEncoder({ model: CROSS_ENCODER, threads, batchTokens: 128 });
  });
  afterAll(() => crossEncoder.dispose());

  it("gives a pair the same score alone and in a batch, in the caller's order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 8 }), async (pairs) => {
        const alone = await Promise.all(pairs.map(async (one) => (await crossEncoder.logits([one]))[0]!));
        expectClose(await crossEncoder.logits(pairs), alone);
      }),
      { numRuns: 20 },
    );
  });

  it("runs nothing for no pairs", async () => {
    expect(await crossEncoder.predict([])).toEqual([]);
    expect(await crossEncoder.logits([])).toEqual([]);
  });

  it("applies the requested activation to the same logits", async () => {
    const pairs: TextPair[] = [["Paris", "capital"]];
    const [[logit]] = (await crossEncoder.logits(pairs)) as [Float32Array];
    const [[score]] = (await crossEncoder.predict(pairs, { activation: "sigmoid" })) as [Float32Array];
    expect(score).toBe(Math.fround(1 / (1 + Math.exp(-logit!))));
    await expect(crossEncoder.predict(pairs, { activation: "arctan" })).rejects.toThrow(/"arctan"/);
  });

  it.each([{ truncation: "both" as "only_second" }, { truncationSide: "middle" as "left" }])(
    "throws for %j and says what is allowed",
    async (wrong) => {
      await expect(crossEncoder.logits([["Paris", "capital"]], wrong)).rejects.toThrow(
        /^Expected `\w+` to be/,
      );
      await expect(crossEncoder.predict([["Paris", "capital"]], wrong)).rejects.toMatchObject({
        name: "InvalidOptionError",
      });
    },
  );

  it("keeps the query whole with the option truncation", async () => {
    const long = "Berlin ".repeat(100);
    const query = "capital ".repeat(40);
    const cut = (truncation: "only_second" | "longest_first") =>
      crossEncoder.logits([[query, long]], { truncation });
    const [whole, both] = await Promise.all([cut("only_second"), cut("longest_first")]);
    expect(Math.abs(whole[0]![0]! - both[0]![0]!)).toBeGreaterThan(ROUNDING);
  });

  it("stops when the signal aborts and continues for its other callers", async () => {
    const aborting = new AbortController();
    const many = new Array<TextPair>(40).fill(["Paris", "capital of the people"]);
    const stopped = crossEncoder.logits(many, {
      signal: aborting.signal,
      onProgress: () => aborting.abort(new RangeError("enough")),
    });
    const kept = crossEncoder.logits(many);
    await expect(stopped).rejects.toThrow("enough");
    expect(await kept).toHaveLength(40);
  });

  it("can be disposed twice, and computes nothing afterwards", async () => {
    const gone = await loadCrossEncoder({ model: CROSS_ENCODER, threads: 1 });
    await gone.dispose();
    await gone.dispose();
    await expect(gone.predict([["a", "b"]])).rejects.toMatchObject({ name: "SessionDisposedError" });
    await expect(gone.predict([])).rejects.toMatchObject({ name: "SessionDisposedError" });
  });
});

describe("loading", () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "loading-"));
  });
  afterAll(() => rmSync(root, { recursive: true }));

  const folderWith = (name: string, change: (folder: string) => void): string => {
    const folder = join(root, name);
    cpSync(CROSS_ENCODER, folder, { recursive: true });
    change(folder);
    return folder;
  };

  it("reports its steps", async () => {
    const steps: string[] = [];
    const model = await loadEncoder({
      model: ENCODER,
      worker: false,
      onProgress: (event) => event.kind === "load" && steps.push(event.step),
    });
    await model.dispose();
    expect(steps).toEqual(["files", "tokenizer", "session", "ready"]);
  });

  it("leaves nothing after a failure and can be tried again", async () => {
    const weights = "model.safetensors";
    const model = folderWith("damaged", (folder) => writeFileSync(join(folder, weights), "cut"));
    await expect(loadCrossEncoder({ model })).rejects.toMatchObject({ name: "MalformedSafetensorsError" });
    cpSync(join(CROSS_ENCODER, weights), join(model, weights));
    const again = await loadCrossEncoder({ model });
    expect(await again.predict([["a", "b"]])).toHaveLength(1);
    await again.dispose();
  });

  it("ends when the signal aborts, before and during", async () => {
    const early = loadEncoder({ model: ENCODER, signal: AbortSignal.abort(new RangeError("too late")) });
    await expect(early).rejects.toThrow("too late");
    const aborting = new AbortController();
    const during = loadEncoder({
      model: ENCODER,
      signal: aborting.signal,
      onProgress: (event) =>
        event.kind === "load" && event.step === "session" && aborting.abort(new RangeError("stop")),
    });
    await expect(during).rejects.toThrow("stop");
  });

  it("finds a transformer that older sentence-transformers kept in a separate folder", async () => {
    const model = join(root, "older");
    cpSync(ENCODER, join(model, "0_Transformer"), { recursive: true });
    cpSync(join(ENCODER, "1_Pooling"), join(model, "1_Pooling"), { recursive: true });
    const modules = [
      { path: "0_Transformer", type: "sentence_transformers.models.Transformer" },
      { path: "1_Pooling", type: "sentence_transformers.models.Pooling" },
      { path: "2_Normalize", type: "sentence_transformers.models.Normalize" },
    ];
    writeFileSync(join(model, "modules.json"), JSON.stringify(modules));
    await using older = await loadEncoder({ model, threads: 1, worker: false });
    await using newer = await loadEncoder({ model: ENCODER, threads: 1, worker: false });
    expectClose(await older.embed(["Paris"]), await newer.embed(["Paris"], { normalize: true }));
  });

  it("uses an ONNX file if there are no safetensors, and says if it gives no token vectors", async () => {
    const model = folderWith("onnx-only", (folder) => rmSync(join(folder, "model.safetensors")));
    mkdirSync(join(model, "onnx"));
    writeFileSync(join(model, "onnx/model.onnx"), toyModel());
    await expect(loadEncoder({ model, threads: 1, worker: false })).rejects.toThrow(
      /token vectors.*, got "logits" \[rows, 1\]/,
    );
    await using crossEncoder = await loadCrossEncoder({ model, threads: 1, worker: false });
    // The toy adds up the ids: [CLS] 2, [SEP] 3.
    expect(await crossEncoder.logits([["", ""]])).toEqual([Float32Array.of(2 + 3 + 3)]);
  });

  it.each([
    { model: "" },
    { dtype: "" },
    { device: 1 as unknown as string },
    { threads: 0 },
    { batchTokens: 1.5 },
    { maxLength: -1 },
    { weights: "bin" as "onnx" },
  ])("throws for the option %j and says what it may be", async (wrong) => {
    const options = { model: ENCODER, ...wrong };
    await expect(loadEncoder(options)).rejects.toMatchObject({ name: "InvalidOptionError" });
    await expect(loadCrossEncoder(options)).rejects.toThrow(/^Expected `\w+` to be/);
  });

  it.each([
    ["Paris", 'Expected `texts` to be an array of strings, got "Paris".'],
    [["Paris", null], "Expected `texts[1]` to be a string, got null."],
    [["Paris", ["Berlin"]], 'Expected `texts[1]` to be a string, got ["Berlin"].'],
    [[{ pageContent: "Paris" }], "Expected `texts[0]` to be a string, got an object."],
  ])("throws for %j as texts and says which is not a string", async (texts, message) => {
    await using encoder = await loadEncoder({ model: ENCODER, threads: 1, worker: false });
    await expect(encoder.embed(texts as string[])).rejects.toMatchObject({
      name: "InvalidOptionError",
      message,
    });
    expect(() => encoder.countTokens(undefined as unknown as string)).toThrow(
      "Expected `text` to be a string, got undefined.",
    );
  });

  it.each([
    ["capital", 'Expected `pairs` to be an array of two strings, [query, text], got "capital".'],
    [[["a", "b"], ["a"]], 'Expected `pairs[1]` to be two strings, [query, text], got ["a"].'],
    [[["a", null]], 'Expected `pairs[0]` to be two strings, [query, text], got ["a", null].'],
    [[["a", "b", "c", "d"]], 'Expected `pairs[0]` to be two strings, [query, text], got ["a", "b", "c", …].'],
    [["ab"], 'Expected `pairs[0]` to be two strings, [query, text], got "ab".'],
  ])("throws for %j as pairs and says which is not a pair", async (pairs, message) => {
    await using crossEncoder = await loadCrossEncoder({ model: CROSS_ENCODER, threads: 1, worker: false });
    for (const method of ["logits", "predict"] as const) {
      await expect(crossEncoder[method](pairs as unknown as TextPair[])).rejects.toMatchObject({
        name: "InvalidOptionError",
        message,
      });
    }
    expect(() => crossEncoder.countTokens("a", 1 as unknown as string)).toThrow(
      "Expected `pair` to be a string, got 1.",
    );
  });

  it("throws for causal language models that cannot answer and says why", async () => {
    const causal = folderWith("causal", (folder) =>
      writeFileSync(join(folder, "config.json"), JSON.stringify({ architectures: ["Qwen3ForCausalLM"] })),
    );
    await expect(loadCrossEncoder({ model: causal })).rejects.toMatchObject({
      name: "UnsupportedRerankerError",
    });
    const scored = folderWith("scored", (folder) => {
      const modules = [
        { path: "", type: "x.Transformer" },
        { path: "1_LogitScore", type: "x.LogitScore" },
      ];
      writeFileSync(join(folder, "modules.json"), JSON.stringify(modules));
      mkdirSync(join(folder, "1_LogitScore"));
      writeFileSync(join(folder, "1_LogitScore/config.json"), JSON.stringify({ true_token_id: 1 }));
      writeFileSync(join(folder, OWN), JSON.stringify({ model_type: "CrossEncoder" }));
      const task = { transformer_task: "text-generation" };
      writeFileSync(join(folder, "sentence_bert_config.json"), JSON.stringify(task));
    });
    await expect(loadCrossEncoder({ model: scored })).rejects.toThrow(/LogitScore over bert.*not a causal/);
  });

  it("throws for an embedding model as a reranker and says what loads it", async () => {
    await expect(loadCrossEncoder({ model: ENCODER })).rejects.toThrow(/Pooling.*loadEncoder/);
  });

  it("throws for a configuration with other labels than the weights have", async () => {
    const model = join(root, "labels");
    cpSync(CROSS_ENCODER, model, { recursive: true });
    const config = JSON.parse(readFileSync(join(model, "config.json"), "utf8"));
    writeFileSync(join(model, "config.json"), JSON.stringify({ ...config, id2label: { 0: "no", 1: "yes" } }));
    await using crossEncoder = await loadCrossEncoder({ model, threads: 1, worker: false });
    await expect(crossEncoder.logits([["a", "b"]])).rejects.toThrow(/"num_labels".*to be 1,.*got 2/);
  });

  it("throws for a module whose configuration is missing", async () => {
    const model = join(root, "no-pooling");
    cpSync(ENCODER, model, { recursive: true });
    rmSync(join(model, "1_Pooling"), { recursive: true });
    await expect(loadEncoder({ model })).rejects.toThrow(/no file "1_Pooling\/config\.json"/);
  });

  it("throws for modules that sentence-transformers cannot compute either", async () => {
    const model = join(root, "order");
    cpSync(ENCODER, model, { recursive: true });
    const modules = ["Transformer", "Normalize"].map((kind) => ({ path: "", type: `models.${kind}` }));
    writeFileSync(join(model, "modules.json"), JSON.stringify(modules));
    await expect(loadEncoder({ model, worker: false })).rejects.toMatchObject({
      name: "MissingFeatureError",
      feature: "sentence_embedding",
      message: expect.stringMatching(/^The model reads "sentence_embedding".*modules\.json/),
    });
  });

  it("skips normalisation if there is no vector yet, as in sentence-transformers", async () => {
    const model = join(root, "early");
    cpSync(ENCODER, model, { recursive: true });
    const list = (...kinds: readonly string[]) => {
      const modules = kinds.map((kind) => ({
        path: kind === "Pooling" ? "1_Pooling" : "",
        type: `models.${kind}`,
      }));
      writeFileSync(join(model, "modules.json"), JSON.stringify(modules));
      return loadEncoder({ model, threads: 1, worker: false });
    };
    await using early = await list("Transformer", "Normalize", "Pooling");
    await using without = await list("Transformer", "Pooling");
    expect(await early.embed(["a text"])).toEqual(await without.embed(["a text"]));
  });

  it("throws for unsupported modules and names the supported ones", async () => {
    const model = folderWith("lstm", (folder) => {
      mkdirSync(join(folder, "1_LSTM"));
      const modules = ["Transformer", "LSTM"].map((kind, i) => ({
        path: i ? "1_LSTM" : "",
        type: `models.${kind}`,
      }));
      writeFileSync(join(folder, "modules.json"), JSON.stringify(modules));
    });
    await expect(loadEncoder({ model })).rejects.toThrow(/Pooling.*LSTM.*modules\.json/);
    writeFileSync(join(model, OWN), JSON.stringify({ model_type: "CrossEncoder" }));
    await expect(loadCrossEncoder({ model })).rejects.toThrow(/Transformer.*LSTM.*modules\.json/);
  });
});
