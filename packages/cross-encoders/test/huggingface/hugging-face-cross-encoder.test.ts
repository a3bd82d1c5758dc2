import { afterAll, describe, expect, it } from "@jest/globals";
import type { ProgressEvent } from "@secondpass/hf-runtime";
import { crossEncoderSuite } from "@secondpass/test-kit";
import {
  HuggingFaceCrossEncoder,
  type HuggingFaceCrossEncoderFields,
  type TruncatedPair,
  UnknownLabelError,
} from "../../src/huggingface/index.js";
import type { TextPair } from "../../src/index.js";
import { FLOAT32_TOLERANCE, TinyModels } from "./tiny-models.js";

const models = new TinyModels();
afterAll(() => models.close());

const QUERY = "Which river runs through Berlin?";
const SPREE = "The Spree runs through Berlin, the capital of Germany.";
const PAIRS: TextPair[] = [
  [QUERY, SPREE],
  [QUERY, "Bananas ripen faster in a paper bag."],
];
const LONG = `${"Bananas ripen faster in a paper bag. ".repeat(20)}${SPREE}`;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe("HuggingFaceCrossEncoder", () => {
  describe("with one label", () => {
    crossEncoderSuite({ create: () => models.open("bert-cross-encoder"), batchTolerance: FLOAT32_TOLERANCE });
  });

  describe("with two labels, in a worker", () => {
    crossEncoderSuite({
      create: () => models.open("electra", { worker: true }),
      batchTolerance: FLOAT32_TOLERANCE,
    });
  });

  it("reranks with bge-reranker-base by default, and loads nothing before it is needed", async () => {
    const loads: ProgressEvent[] = [];
    const offline = {
      localFilesOnly: true,
      cacheDir: "/nowhere",
      onProgress: (e: ProgressEvent) => void loads.push(e),
    };
    const encoder = new HuggingFaceCrossEncoder(offline);
    expect(encoder.model).toBe("BAAI/bge-reranker-base");
    expect(await encoder.score([])).toEqual([]);
    expect(await encoder.rank(QUERY, [])).toEqual([]);
    expect(loads).toEqual([]);
    await expect(encoder.score(PAIRS)).rejects.toThrow("BAAI/bge-reranker-base");
  });

  it("loads once for many callers, and earlier with `load`", async () => {
    const loads: ProgressEvent[] = [];
    const encoder = models.open("bert-cross-encoder", {
      onProgress: (event) => {
        if (event.kind === "load" && event.step === "files") loads.push(event);
      },
    });
    await encoder.load();
    await Promise.all([encoder.score(PAIRS), encoder.invoke(PAIRS), encoder.rank(QUERY, [SPREE])]);
    expect(loads).toHaveLength(1);
  });

  it("tries a load that failed again", async () => {
    const folder = models.folder("activation-tried-again");
    const encoder = models.open("activation-tried-again");
    await expect(encoder.score(PAIRS)).rejects.toThrow(folder);
    const { cpSync, rmSync } = await import("node:fs");
    cpSync(models.folder("bert-cross-encoder"), folder, { recursive: true });
    try {
      await expect(encoder.score(PAIRS)).resolves.toHaveLength(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("applies another activation if it is given", async () => {
    const logits = await models.open("bert-cross-encoder").score(PAIRS);
    const scores = await models.open("bert-cross-encoder", { activation: "sigmoid" }).score(PAIRS);
    logits.forEach((logit, i) => void expect(scores[i]).toBeCloseTo(sigmoid(logit), 6));
  });

  it("accepts Python's names of activations", async () => {
    const named = models.open("bert-cross-encoder", { activation: "torch.nn.modules.activation.Sigmoid" });
    expect(await named.score(PAIRS)).toEqual(
      await models.open("bert-cross-encoder", { activation: "sigmoid" }).score(PAIRS),
    );
  });

  it.each([
    [{ longTexts: "window" }, '`longTexts` to be "truncate" or "windows", got "window"'],
    [{ truncation: "only_first" }, '`truncation` to be "longest_first" or "only_second", got "only_first"'],
    [{ activation: "sigmund" }, "sigmund"],
  ])("throws for %j in the constructor", (fields, message) => {
    expect(() => new HuggingFaceCrossEncoder(fields as object)).toThrow(message);
  });

  it("uses the second of several labels, or the given name or index", async () => {
    const byDefault = await models.open("distilbert").score(PAIRS);
    expect(await models.open("distilbert", { label: 1 }).score(PAIRS)).toEqual(byDefault);
    expect(await models.open("distilbert", { label: "class 1" }).score(PAIRS)).toEqual(byDefault);
    const shares = await Promise.all(
      [0, 1, 2].map((label) => models.open("distilbert", { label, activation: "softmax" }).score(PAIRS)),
    );
    for (const pair of PAIRS.keys()) {
      expect(shares.reduce((sum, scores) => sum + (scores[pair] as number), 0)).toBeCloseTo(1, 6);
    }
  });

  it.each(["relevant", 3, -1, 0.5])(
    "throws for the label %p, and lists the model's labels",
    async (label) => {
      const rejected = models.open("distilbert", { label }).score(PAIRS);
      await expect(rejected).rejects.toThrow(UnknownLabelError);
      await expect(rejected).rejects.toThrow('It has 0 ("class 0"), 1 ("class 1"), 2 ("class 2").');
    },
  );

  it("never cuts the query with the truncation only_second", async () => {
    const query = `${QUERY} `.repeat(3);
    const pairs = ["Spree", "Bananas"].map((end): TextPair => [query + end, LONG]);
    const [spree, bananas] = await models
      .open("bert-cross-encoder", { truncation: "only_second" })
      .score(pairs);
    expect(spree).not.toBe(bananas);
    const [cut, cutAlike] = await models.open("bert-cross-encoder").score(pairs);
    expect(cut).toBe(cutAlike);
  });

  it("reports pairs that it cuts, with their length, and only those", async () => {
    const cut: TruncatedPair[] = [];
    const encoder = models.open("bert-cross-encoder", { onTruncated: (pair) => void cut.push(pair) });
    await encoder.score([...PAIRS, [QUERY, LONG]]);
    expect(cut).toEqual([{ index: 2, tokens: expect.any(Number), maxLength: 64 }]);
    expect(cut[0]?.tokens).toBeGreaterThan(64);
  });

  // The model's own prompts: "find: ", by default, and "none", which is empty.
  it.each<[string, HuggingFaceCrossEncoderFields, string]>([
    ["the model's default", {}, "find: "],
    ["one of the model's by name", { promptName: "none" }, ""],
    ["one given verbatim", { prompt: "Where is " }, "Where is "],
  ])("puts a prompt only before the query: %s", async (_, fields, prefix) => {
    const cut: TruncatedPair[] = [];
    const long: TextPair = [QUERY, LONG];
    for (const way of [{}, { longTexts: "windows" }] as const) {
      const prompted = models.open("cross-encoder-prompts", {
        ...way,
        ...fields,
        onTruncated: (pair) => void cut.push(pair),
      });
      const bare = models.open("cross-encoder-prompts", {
        ...way,
        prompt: "",
        onTruncated: (pair) => void cut.push(pair),
      });
      const byHand = [...PAIRS, long].map(([query, text]): TextPair => [prefix + query, text]);
      expect(await prompted.score([...PAIRS, long])).toEqual(await bare.score(byHand));
    }
    const [ours, theirs] = cut;
    expect(ours).toEqual(theirs);
  });

  it("reads long texts completely, in windows, if configured: the score is the best window's", async () => {
    const windows = models.open("bert-cross-encoder", { longTexts: "windows" });
    const plain = models.open("bert-cross-encoder");
    const [short, long] = await windows.score([PAIRS[0] as TextPair, [QUERY, LONG]]);
    const [shortPlain, longPlain] = await plain.score([PAIRS[0] as TextPair, [QUERY, LONG]]);
    expect(Math.abs((short as number) - (shortPlain as number))).toBeLessThanOrEqual(FLOAT32_TOLERANCE);
    expect(long as number).toBeGreaterThan(longPlain as number);
    const ranked = await windows.rank(QUERY, [LONG, SPREE]);
    expect(new Map(ranked.map(({ index, score }) => [index, score]))).toEqual(
      new Map([
        [0, expect.closeTo(long as number, 5)],
        [1, expect.closeTo(short as number, 5)],
      ]),
    );
  });

  it("reports progress by pairs, first to the listener of the call", async () => {
    const own: [number, number][] = [];
    const call: [number, number][] = [];
    const encoder = models.open("bert-cross-encoder", {
      onScored: (done, total) => void own.push([done, total]),
    });
    await encoder.rank(QUERY, [SPREE, "Bananas", "Paris"]);
    expect(own.at(-1)).toEqual([3, 3]);
    await encoder.score(PAIRS, { onProgress: (done, total) => void call.push([done, total]) });
    expect(call.at(-1)).toEqual([2, 2]);
    expect(own.at(-1)).toEqual([3, 3]);
  });

  it("stops a load when its caller aborts, and loads again for the next", async () => {
    const encoder = models.open("bert-cross-encoder");
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const call = encoder.score(PAIRS, { signal: controller.signal });
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await expect(encoder.score(PAIRS)).resolves.toHaveLength(2);
  });

  it("frees its model when it is disposed, also twice, and throws for later callers", async () => {
    const encoder = models.open("bert-cross-encoder");
    await encoder.load();
    await encoder.dispose();
    await encoder[Symbol.asyncDispose]();
    await expect(encoder.score(PAIRS)).rejects.toMatchObject({
      name: "SessionDisposedError",
      secondpass: true,
    });
  });

  it("serialises its options, without the token and the functions", () => {
    const encoder = new HuggingFaceCrossEncoder({
      model: "a/b",
      token: "hf_secret",
      maxLength: 128,
      onProgress: () => {},
      fetch: globalThis.fetch,
    });
    const text = JSON.stringify(encoder);
    expect(text).not.toContain("hf_secret");
    expect(JSON.parse(text)).toEqual({
      lc: 1,
      type: "constructor",
      id: ["secondpass", "cross_encoders", "HuggingFaceCrossEncoder"],
      kwargs: { model: "a/b", max_length: 128, token: { lc: 1, type: "secret", id: ["HF_TOKEN"] } },
    });
  });
});
