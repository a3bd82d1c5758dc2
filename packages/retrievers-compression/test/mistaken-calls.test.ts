import { describe, expect, it } from "@jest/globals";
import { Document } from "@langchain/core/documents";
import { FakeEmbeddings } from "@secondpass/test-kit";
import * as compression from "../src/index.js";
import { documentsOf, ListRetriever } from "./list-retriever.js";

const model = { score: (pairs: readonly unknown[]) => pairs.map(() => 1) };
const EXPORTS: Readonly<Record<string, unknown>> = { ...compression };
const embeddings = new FakeEmbeddings();
const baseRetriever = new ListRetriever(documentsOf("one"));
const baseCompressor = new compression.CrossEncoderReranker({ model });

/** Each class with the options that it requires. */
const CLASSES = {
  CrossEncoderReranker: { model },
  SentenceHighlighter: { model },
  EmbeddingsFilter: { embeddings },
  EmbeddingsRedundantFilter: { embeddings },
  DocumentCompressorPipeline: { transformers: [] },
  ContextualCompressionRetriever: { baseRetriever, baseCompressor },
} as const;
type Name = keyof typeof CLASSES;
const NAMES = Object.keys(CLASSES) as Name[];

const make = (name: Name, options?: unknown) =>
  new (EXPORTS[name] as new (options?: unknown) => Record<string, (...args: unknown[]) => Promise<unknown>>)(
    options,
  );

describe.each(NAMES)("%s", (name) => {
  it("names an unknown option, and the class", () => {
    expect(() => make(name, { ...CLASSES[name], score_key: "s" })).toThrow(
      expect.objectContaining({ name: "UnknownOptionError", option: "score_key", owner: name }),
    );
  });

  it.each([undefined, null, {}, "text", 5, []])("throws a typed error for the options %p", (wrong) => {
    expect(() => make(name, wrong)).toThrow(
      expect.objectContaining({ name: expect.stringMatching(/^(InvalidOption|UnknownStep)Error$/) }),
    );
  });

  it("says to await a Promise", () => {
    for (const option of Object.keys(CLASSES[name])) {
      if (option === "baseCompressor" || option === "transformers") continue;
      expect(() => make(name, { ...CLASSES[name], [option]: Promise.resolve(1) })).toThrow(
        /Await the Promise/,
      );
    }
  });
});

it("says how to make a retriever of a store", () => {
  const store = { asRetriever() {} };
  expect(() => make("ContextualCompressionRetriever", { baseCompressor, baseRetriever: store })).toThrow(
    "For a vector store, pass `store.asRetriever()`.",
  );
});

it.each(
  NAMES.filter((name) => name !== "ContextualCompressionRetriever" && name !== "EmbeddingsRedundantFilter"),
)("%s: compressDocuments accepts only Documents and a query", async (name) => {
  const compressor = make(name, CLASSES[name]) as Record<
    "compressDocuments",
    (...args: unknown[]) => Promise<unknown>
  >;
  const documents = [new Document({ pageContent: "one" })];
  for (const [args, message] of [
    [["one", documents], /`documents`/],
    [[documents], /`query`.*undefined/],
    [[documents, 5], /`query`.*5/],
    [[["one"], "query"], /documents\[0\]/],
    [[Promise.resolve(documents), "query"], /Await the Promise/],
  ] as const) {
    await expect(compressor.compressDocuments(...args)).rejects.toThrow(message);
  }
  expect(await compressor.compressDocuments([], "query")).toEqual([]);
});

it("retrieves only for texts", async () => {
  const retriever = new compression.ContextualCompressionRetriever({ baseRetriever, baseCompressor });
  for (const wrong of [undefined, 5, { query: "one" }]) {
    await expect(retriever.invoke(wrong as never)).rejects.toMatchObject({
      name: "InvalidOptionError",
      option: "query",
    });
  }
});
