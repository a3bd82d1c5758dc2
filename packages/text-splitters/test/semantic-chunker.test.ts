import { describe, expect, it } from "@jest/globals";
import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import { FakeEmbeddings, textSplitterSuite } from "@secondpass/test-kit";
import {
  InvalidOptionError,
  InvalidRegexError,
  InvalidVectorsError,
  SecondpassError,
  SemanticChunker,
  type SemanticChunkerOptions,
} from "../src/index.js";
import { LetterEmbeddings } from "./letter-embeddings.js";

const embeddings = new LetterEmbeddings();
const TEXT = "Tea is hot. Coffee is hot. Glaciers move. Snow is cold. Ice is cold.";

describe("SemanticChunker", () => {
  textSplitterSuite({
    create: () => new SemanticChunker({ embeddings, breakpointThresholdAmount: 50, addStartIndex: true }),
    mayRewrite: true,
    parts: ["Word. ", "a", " ", "\n", "? ", "👍! ", "한글. ", "Other words. "],
  });

  it("cuts where the meaning changes, and adds positions", async () => {
    const vectors = {
      "Tea is hot.": [1, 0],
      "Coffee is hot.": [1, 0.1],
      "Glaciers move.": [0, 1],
      "Snow is cold.": [0.1, 1],
    };
    const splitter = new SemanticChunker({
      embeddings: new FakeEmbeddings({ dimensions: 2, vectors }),
      bufferSize: 0,
      addStartIndex: true,
    });
    const [text] = ["Tea is hot. Coffee is hot.\nGlaciers move.  Snow is cold."];
    const documents = await splitter.createDocuments([text as string]);
    expect(documents.map(({ pageContent, metadata }) => [pageContent, metadata])).toEqual([
      ["Tea is hot. Coffee is hot.", { startIndex: 0, loc: { lines: { from: 1, to: 1 } } }],
      // Two spaces became one.
      ["Glaciers move. Snow is cold.", { startIndex: -1, loc: { lines: { from: 2, to: 2 } } }],
    ]);
  });

  it("embeds in batches, with the same chunks", async () => {
    const counted = new LetterEmbeddings();
    const options = { breakpointThresholdAmount: 60 };
    const splitter = new SemanticChunker({ ...options, embeddings: counted, batchSize: 2 });
    const chunks = await splitter.splitText(TEXT);
    expect(counted.calls).toEqual([2, 2, 1]);
    expect(chunks).toEqual(await new SemanticChunker({ ...options, embeddings }).splitText(TEXT));
    expect(chunks.length).toBeGreaterThan(1);
  });

  it("ends when the signal aborts, and passes it to embeddings that accept one", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const endless: EmbeddingsInterface = {
      embedQuery: () => new Promise(() => {}),
      embedDocuments: () => {
        setTimeout(() => controller.abort(reason), 1);
        return new Promise(() => {});
      },
    };
    const given: AbortSignal[] = [];
    const abortable = Object.assign(new LetterEmbeddings(), {
      withSignal: (signal: AbortSignal) => {
        given.push(signal);
        return endless;
      },
    });
    const { signal } = controller;
    const splitter = new SemanticChunker({ embeddings: abortable });
    await expect(splitter.invoke([{ pageContent: TEXT, metadata: {} }], { signal })).rejects.toBe(reason);
    expect(given).toEqual([signal]);
    await expect(splitter.splitText(TEXT, { signal })).rejects.toBe(reason);
    await expect(splitter.createDocuments([TEXT], [], { signal })).rejects.toBe(reason);
  });

  it.each<[string, unknown]>([
    ["fewer vectors than texts", [[1]]],
    ["no list", undefined],
    ["vectors of other lengths", [[1, 2], [1], [1, 2], [1, 2], [1, 2]]],
    ["no vectors", [null, null, null, null, null]],
  ])("throws if the embeddings return %s", async (_, vectors) => {
    const broken = { embedQuery: async () => [], embedDocuments: async () => vectors as number[][] };
    const splitter = new SemanticChunker({ embeddings: broken });
    await expect(splitter.splitText(TEXT)).rejects.toThrow(InvalidVectorsError);
  });

  it("uses a distance of 1 for a zero vector", async () => {
    const zeros = {
      embedQuery: async () => [],
      embedDocuments: async (texts: string[]) => texts.map(() => [0, 0]),
    };
    const splitter = new SemanticChunker({ embeddings: zeros, breakpointThresholdAmount: 0 });
    expect(await splitter.splitText(TEXT)).toEqual([TEXT]);
  });

  it.each<[string, object, new (...args: never[]) => SecondpassError]>([
    ["no embeddings", { embeddings: undefined }, InvalidOptionError],
    ["an unknown option", { buffer_size: 2 }, SecondpassError],
    ["an unknown kind", { breakpointThresholdType: "median" }, InvalidOptionError],
    ["a percentile above 100", { breakpointThresholdAmount: 101 }, InvalidOptionError],
    ["a percentile that is not a number", { breakpointThresholdAmount: Number.NaN }, InvalidOptionError],
    ["a negative buffer", { bufferSize: -1 }, InvalidOptionError],
    ["no chunks", { numberOfChunks: 0 }, InvalidOptionError],
    ["half a chunk", { minChunkSize: 0.5 }, InvalidOptionError],
    ["an empty batch", { batchSize: 0 }, InvalidOptionError],
    ["an invalid pattern", { sentenceSplitRegex: "(" }, InvalidRegexError],
  ])("throws for %s", (_, options, error) => {
    expect(() => new SemanticChunker({ embeddings, ...options } as SemanticChunkerOptions)).toThrow(error);
  });
});
