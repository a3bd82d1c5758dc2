import { describe, expect, it } from "@jest/globals";
import { InvalidOptionError } from "@secondpass/core";
import {
  BaseCrossEncoder,
  FakeCrossEncoder,
  type RankOptions,
  type ScoreOptions,
  type TextPair,
} from "@secondpass/cross-encoders";
import { documentCompressorSuite, RunRecorder } from "@secondpass/test-kit";
import { CrossEncoderReranker, type CrossEncoderRerankerFields } from "../src/cross-encoder-reranker.js";
import { ResultCountError } from "../src/errors/result-count-error.js";
import type { RerankingModel } from "../src/reranking-model.js";
import { documentsOf, textsOf } from "./list-retriever.js";

/** Scores a text by the number in it; records the calls of `score`, and each `topN` of `rank`. */
class Numbers extends BaseCrossEncoder {
  readonly scoreCalls: unknown[] = [];
  readonly wanted: unknown[] = [];

  override rank(query: string, texts: readonly string[], options?: RankOptions) {
    this.wanted.push(options?.topN);
    return super.rank(query, texts, options);
  }

  override async score(pairs: readonly TextPair[], options?: ScoreOptions) {
    this.scoreCalls.push({ pairs: pairs.length, signal: options?.signal });
    return pairs.map(([, text]) => Number.parseFloat(text));
  }
}

const rerank = (fields: Partial<ConstructorParameters<typeof CrossEncoderReranker>[0]> = {}) =>
  new CrossEncoderReranker({ model: new Numbers(), ...fields });

describe("CrossEncoderReranker", () => {
  documentCompressorSuite({ create: () => new CrossEncoderReranker({ model: new FakeCrossEncoder() }) });

  it("returns the three best by default, the exact match first", async () => {
    const documents = documentsOf("red 1", "blue 1", "red 2", "blue 2", "red 3", "blue 3");
    const reranker = new CrossEncoderReranker({ model: new FakeCrossEncoder() });
    const best = textsOf(await reranker.compressDocuments(documents, "blue 2"));
    expect(best[0]).toBe("blue 2");
    expect(new Set(best)).toEqual(new Set(["blue 1", "blue 2", "blue 3"]));
  });

  it("writes the score to the copy's metadata, under the given key", async () => {
    const documents = documentsOf("0.5");
    const [scored] = await rerank().compressDocuments(documents, "q");
    expect(scored?.metadata).toEqual({ relevanceScore: 0.5 });
    const [renamed] = await rerank({ scoreKey: "score" }).compressDocuments(documents, "q");
    expect(renamed?.metadata).toEqual({ score: 0.5 });
    expect(documents[0]?.metadata).toEqual({});
  });

  it("keeps the retriever's order of documents with equal scores", async () => {
    const documents = documentsOf("1 a", "2 b", "1 c", "2 d", "1 e");
    const order = textsOf(await rerank({ topN: 5 }).compressDocuments(documents, "q"));
    expect(order).toEqual(["2 b", "2 d", "1 a", "1 c", "1 e"]);
  });

  it("drops documents below the threshold and keeps those that reach it", async () => {
    const documents = documentsOf("0.1", "0.9", "0.5", "0.49");
    const kept = await rerank({ scoreThreshold: 0.5 }).compressDocuments(documents, "q");
    expect(textsOf(kept)).toEqual(["0.9", "0.5"]);
    expect(await rerank({ scoreThreshold: 2 }).compressDocuments(documents, "q")).toEqual([]);
  });

  it("returns all, reordered, with topN Infinity or larger than the list", async () => {
    const documents = documentsOf("1", "2", "3", "4");
    for (const topN of [Number.POSITIVE_INFINITY, 99]) {
      expect(textsOf(await rerank({ topN }).compressDocuments(documents, "q"))).toEqual(["4", "3", "2", "1"]);
    }
  });

  it("uses topN and scoreThreshold of one call from the config, also through a chain", async () => {
    const reranker = rerank({ topN: 2, scoreThreshold: 3 });
    const input = { documents: documentsOf("1", "2", "3", "4"), query: "q" };
    const call = async (configurable: Record<string, unknown>) =>
      reranker.pipe(textsOf).invoke(input, { configurable });
    expect(await call({})).toEqual(["4", "3"]);
    expect(await call({ topN: 1 })).toEqual(["4"]);
    expect(await call({ topN: 4, scoreThreshold: 2 })).toEqual(["4", "3", "2"]);
    expect(await call({ topN: 4, scoreThreshold: null })).toEqual(["4", "3", "2", "1"]);
    await expect(call({ topN: 0 })).rejects.toMatchObject({ option: "configurable.topN" });
    await expect(call({ scoreThreshold: "high" })).rejects.toMatchObject({
      option: "configurable.scoreThreshold",
    });
  });

  describe("a query that the model does not know", () => {
    /** A model that does not know Hangul. */
    class Latin extends Numbers {
      readonly model = "acme/latin";
      knownShare = async (text: string) => (/\p{Script=Hangul}/u.test(text) ? 0.1 : 1);
    }
    const documents = documentsOf("1 가", "3 나", "2 다");

    it.each([true, false])("keeps the order of the first pass, with scores, blend: %s", async (blend) => {
      const reports: unknown[] = [];
      const model = new Latin();
      const onUnknownText = (report: unknown) => void reports.push(report);
      const reranker = rerank({ model, topN: 2, scoreThreshold: 2, blend, onUnknownText });
      const kept = await reranker.compressDocuments(documents, "저장");
      expect(kept.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual([
        ["1 가", { relevanceScore: 1 }],
        ["3 나", { relevanceScore: 3 }],
      ]);
      expect(model.scoreCalls).toMatchObject([{ pairs: 2 }]);
      expect(reports).toEqual([
        { model: "acme/latin", text: "저장", knownShare: 0.1, recommended: "BAAI/bge-reranker-v2-m3" },
      ]);
    });

    it("checks the documents, too", async () => {
      const reports: { text: string }[] = [];
      const onUnknownText = (report: { text: string }) => void reports.push(report);
      const reranker = rerank({ model: new Latin(), onUnknownText });
      expect(textsOf(await reranker.compressDocuments(documents, "q"))).toEqual(textsOf(documents));
      expect(reports.map(({ text }) => text)).toEqual(["1 가\n3 나\n2 다"]);
    });

    it("reranks with `unknownText: rerank`, and if the model cannot tell", async () => {
      const told = rerank({ model: new Latin(), unknownText: "rerank" });
      expect(textsOf(await told.compressDocuments(documents, "저장"))).toEqual(["3 나", "2 다", "1 가"]);
      expect(textsOf(await rerank().compressDocuments(documents, "저장"))).toEqual(["3 나", "2 다", "1 가"]);
      expect(() => rerank({ unknownText: "keep" as never })).toThrow(InvalidOptionError);
    });
  });

  describe("calibration", () => {
    const calibration = { probability: (score: number) => 1 / (1 + Math.exp(2 - score)) };
    const documents = documentsOf("1", "3", "2", "NaN");

    it("puts the probability into the metadata, and compares the threshold with it", async () => {
      const best = await rerank({ calibration, scoreThreshold: 0.5 }).compressDocuments(documents, "q");
      expect(best.map(({ metadata }) => metadata)).toEqual([
        { relevanceScore: 3, relevanceProbability: calibration.probability(3) },
        { relevanceScore: 2, relevanceProbability: 0.5 },
      ]);
    });

    it("uses the threshold and topN of one call, also with blend", async () => {
      const reranker = rerank({ calibration, blend: true, probabilityKey: "p", topN: 4 });
      const input = { documents, query: "q" };
      const call = async (configurable: Record<string, unknown>) =>
        reranker.pipe(textsOf).invoke(input, { configurable });
      // First ranks 1, 2, 3, 4; the model's 3, 1, 2, 4.
      expect(await call({})).toEqual(["3", "1", "2", "NaN"]);
      expect(await call({ scoreThreshold: 0.5 })).toEqual(["3", "2"]);
      expect(await call({ scoreThreshold: 0.2, topN: 2 })).toEqual(["3", "1"]);
      await expect(call({ scoreThreshold: 1.5 })).rejects.toMatchObject({
        option: "configurable.scoreThreshold",
      });
    });

    it("throws if the threshold is not a probability, or the calibration is invalid", async () => {
      expect(() => rerank({ calibration, scoreThreshold: -1 })).toThrow(InvalidOptionError);
      expect(() => rerank({ calibration: (() => 1) as never })).toThrow("probability");
      const wrong = rerank({ calibration: { probability: () => 2 } });
      await expect(wrong.compressDocuments(documents, "q")).rejects.toThrow("a number from 0 to 1");
    });
  });

  describe("blend", () => {
    it("orders by the reciprocal ranks of both passes, with the model's scores", async () => {
      // First ranks 1 to 5; the model's: 4, 3, 5, 1, 2.
      const documents = documentsOf("2 a", "3 b", "1 c", "5 d", "4 e");
      const blended = await rerank({ blend: true, topN: 3 }).compressDocuments(documents, "q");
      // a 1/61 + 1/64, b 1/62 + 1/63, d 1/64 + 1/61, e 1/65 + 1/62, c 1/63 + 1/65: a and d are equal, and a came first.
      expect(textsOf(blended)).toEqual(["2 a", "5 d", "3 b"]);
      expect(blended.map(({ metadata }) => metadata.relevanceScore)).toEqual([2, 5, 3]);
      const strong = await rerank({ blend: { c: 0 }, topN: 5 }).compressDocuments(documents, "q");
      expect(textsOf(strong)).toEqual(["2 a", "5 d", "3 b", "4 e", "1 c"]);
    });

    it("keeps the threshold, and puts scores that are not numbers last in the model's order", async () => {
      const documents = documentsOf("x", "1", "2");
      const blend = { blend: true, topN: 3 };
      expect(
        textsOf(await rerank({ ...blend, scoreThreshold: 2 }).compressDocuments(documents, "q")),
      ).toEqual(["2"]);
      expect(textsOf(await rerank(blend).compressDocuments(documents, "q"))).toEqual(["x", "2", "1"]);
      const few = { blend: true, topN: 1, scoreThreshold: 2 };
      expect(textsOf(await rerank(few).compressDocuments(documentsOf("1", "3", "0"), "q"))).toEqual(["3"]);
    });

    it("weights the first pass and the model", async () => {
      const documents = documentsOf("2 a", "3 b", "1 c", "5 d", "4 e");
      const orderOf = async (blend: CrossEncoderRerankerFields["blend"]) => {
        const all = await rerank({ blend, topN: 5 }).compressDocuments(documents, "q");
        return textsOf(all)
          .map((text) => text.at(-1))
          .join("");
      };
      expect(await orderOf(0)).toBe("debac");
      expect(await orderOf(0.2)).toBe("debac");
      expect(await orderOf(0.4)).toBe("dbaec");
      expect(await orderOf(0.5)).toBe("adbec");
      expect(await orderOf(0.8)).toBe("abdce");
      expect(await orderOf(1)).toBe("abcde");
      expect(await orderOf({ weight: 0.2, c: 0 })).toBe("deabc");
      expect(await orderOf({ weight: undefined, c: undefined } as never)).toBe("adbec");
    });

    it("requests only the best from the model if the first pass has no weight", async () => {
      const wantedWith = async (blend: CrossEncoderRerankerFields["blend"]) => {
        const model = new Numbers();
        await rerank({ model, blend, topN: 1 }).compressDocuments(documentsOf("1", "2"), "q");
        return model.wanted;
      };
      for (const blend of [false, 0, { weight: 0 }]) expect(await wantedWith(blend)).toEqual([1]);
      expect(await wantedWith(0.1)).toEqual([Number.POSITIVE_INFINITY]);
    });

    it.each([
      3,
      -0.1,
      Number.NaN,
      "0.5",
      { c: -1 },
      { c: "60" },
      { weight: 1.1 },
      { weight: "1" },
      null,
      [0.5],
    ])("throws for %p", (blend) => {
      expect(() => rerank({ blend: blend as never })).toThrow(InvalidOptionError);
    });

    it("names the expected values", () => {
      expect(() => rerank({ blend: 3 })).toThrow("Expected `blend` to be a number from 0 to 1, got 3.");
      expect(() => rerank({ blend: "half" as never })).toThrow(
        /`blend` to be a boolean, a number from 0 to 1 or an/,
      );
      expect(() => rerank({ blend: { weight: 3 } })).toThrow(
        /`blend\.weight` to be a number from 0 to 1, got 3/,
      );
      expect(() => rerank({ blend: { wieght: 1 } as never })).toThrow(/Did you mean `weight`\?/);
    });
  });

  describe("documentText", () => {
    const titled = (title: unknown, pageContent: string) => ({ pageContent, metadata: { title } });

    it.each([
      ["{title}: {pageContent} {{x}}", "2: one {x}"],
      [({ metadata }: { metadata: Record<string, unknown> }) => `${metadata.title}!`, "2!"],
      ["{missing}{pageContent}", "one"],
    ])("determines the text that the model reads: %p", async (documentText, expected) => {
      const read: string[] = [];
      const model = { score: async (pairs: TextPair[]) => pairs.map(([, text]) => read.push(text)) };
      const document = titled(2, "one");
      const [kept] = await rerank({ model, documentText }).compressDocuments([document], "q");
      expect(read).toEqual([expected]);
      expect(kept).toMatchObject({ pageContent: "one", metadata: { title: 2 } });
      expect(document).toEqual(titled(2, "one"));
    });

    it.each(["{", "}", "{}", "{a{b}}", 3, null])("throws for %p", (documentText) => {
      expect(() => rerank({ documentText: documentText as never })).toThrow(InvalidOptionError);
    });

    it("throws if the function does not return a text", async () => {
      const reranked = rerank({ documentText: () => 3 as never }).compressDocuments(documentsOf("1"), "q");
      await expect(reranked).rejects.toThrow(InvalidOptionError);
    });
  });

  it("passes topN and the signal to the model", async () => {
    const model = new Numbers();
    const { signal } = new AbortController();
    await rerank({ model, topN: 2 }).compressDocuments(documentsOf("1", "2", "3"), "q", { signal });
    expect(model.wanted).toEqual([2]);
    expect(model.scoreCalls).toEqual([{ pairs: 3, signal }]);
  });

  it("does not call the model without documents", async () => {
    const model = new Numbers();
    await rerank({ model }).compressDocuments([], "q");
    expect(model.scoreCalls).toEqual([]);
  });

  it.each<[string, RerankingModel]>([
    ["a method score", { score: async (pairs) => pairs.map(([, text]) => Number(text)) }],
    ["a method score that is synchronous", { score: (pairs) => pairs.map(([, text]) => Number(text)) }],
    [
      "a method predict with one label",
      { predict: async (pairs) => pairs.map(([, text]) => [Number(text)]) },
    ],
    [
      "a method predict with two labels, of which the second counts",
      { predict: async (pairs) => pairs.map(([, text]) => Float32Array.of(-Number(text), Number(text))) },
    ],
  ])("reranks with any object that has %s", async (_, model) => {
    const reranked = await rerank({ model }).compressDocuments(documentsOf("1", "3", "2"), "q");
    expect(reranked.map(({ metadata }) => metadata.relevanceScore)).toEqual([3, 2, 1]);
  });

  it("puts documents whose score is not a number last, and drops them under a threshold", async () => {
    const documents = documentsOf("x", "1");
    expect(textsOf(await rerank().compressDocuments(documents, "q"))).toEqual(["1", "x"]);
    expect(textsOf(await rerank({ scoreThreshold: -99 }).compressDocuments(documents, "q"))).toEqual(["1"]);
  });

  it("throws if the number of scores differs from the number of documents", async () => {
    const reranker = rerank({ model: { score: () => [1] } });
    await expect(reranker.compressDocuments(documentsOf("1", "2"), "q")).rejects.toThrow(
      new ResultCountError("score", 2, 1),
    );
  });

  it("adds the cross-encoder's run under its own to the trace", async () => {
    const recorder = new RunRecorder();
    await rerank().compressDocuments(documentsOf("1"), "q", [recorder]);
    const [run] = recorder.roots;
    expect(run).toMatchObject({ name: "CrossEncoderReranker", inputs: { query: "q" } });
    expect(run?.child_runs).toMatchObject([
      { name: "Numbers", tags: ["cross_encoder"], outputs: { output: [1] } },
    ]);
  });

  it("serialises with its model, if the model can be serialised", () => {
    const json = JSON.parse(
      JSON.stringify(new CrossEncoderReranker({ model: new FakeCrossEncoder(), topN: 5 })),
    );
    expect(json).toMatchObject({
      type: "constructor",
      id: ["secondpass", "retrievers_compression", "CrossEncoderReranker"],
      kwargs: { top_n: 5, model: { id: ["secondpass", "cross_encoders", "FakeCrossEncoder"] } },
    });
    expect(JSON.parse(JSON.stringify(rerank({ model: { score: () => [] } })))).toMatchObject({
      type: "not_implemented",
    });
  });

  it.each([
    ["topN", 0],
    ["topN", 1.5],
    ["topN", Number.NaN],
    ["topN", "3"],
    ["scoreThreshold", Number.NaN],
    ["scoreKey", ""],
    ["model", {}],
    ["model", undefined],
  ])("rejects %s: %p with an error that names it", (option, value) => {
    const construct = () => rerank({ [option]: value });
    expect(construct).toThrow(InvalidOptionError);
    expect(construct).toThrow(`Expected \`${option}\` to be`);
  });
});
