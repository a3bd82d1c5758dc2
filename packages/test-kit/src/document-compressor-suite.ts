import { describe, expect, it } from "@jest/globals";
import { CallbackManager, type Callbacks } from "@langchain/core/callbacks/manager";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { BaseDocumentCompressor } from "@langchain/core/retrievers/document_compressors";
import type { Runnable, RunnableConfig } from "@langchain/core/runnables";
import fc from "fast-check";
import { RunRecorder } from "./run-recorder.js";

type Input = { documents: readonly DocumentInterface[]; query: string };

/** The part of a compressor that the suite uses: a `BaseDocumentCompressor` that is also a Runnable. */
export interface DocumentCompressorUnderTest extends Runnable<Input, DocumentInterface[]> {
  compressDocuments(
    documents: readonly DocumentInterface[],
    query: string,
    callbacks?: Callbacks | RunnableConfig,
  ): Promise<DocumentInterface[]>;
}

export interface DocumentCompressorSuiteOptions {
  /** Called for each test. The compressor must return at least one of the documents of {@link exampleDocuments}. */
  readonly create: () => DocumentCompressorUnderTest;
  readonly query?: string;
  /** Number of lists of arbitrary documents to try; fewer for real models. @default 25 */
  readonly fuzzRuns?: number;
}

/** Makes documents with ids and nested metadata; one text is empty, and two are equal. */
export function exampleDocuments(): Document[] {
  return [
    "Save the index to a folder and load it again later.",
    "Bananas ripen faster in a paper bag.",
    "",
    "An index can be saved to a folder.",
    "Bananas ripen faster in a paper bag.",
    "색인을 폴더에 저장하고 다시 불러옵니다 😀.",
  ].map(
    (pageContent, index) =>
      new Document({ pageContent, id: `id-${index}`, metadata: { source: "a.txt", loc: { line: index } } }),
  );
}

/** Tests the laws of all compressors. Call it inside a `describe`. */
export function documentCompressorSuite({
  create,
  query = "How is an index saved?",
  fuzzRuns = 25,
}: DocumentCompressorSuiteOptions): void {
  const texts = (documents: readonly DocumentInterface[]) => documents.map(({ pageContent }) => pageContent);

  describe("as a document compressor", () => {
    it("is recognized by LangChain's duck typing, as a compressor and as a Runnable", () => {
      expect(BaseDocumentCompressor.isBaseDocumentCompressor(create())).toBe(true);
      expect(create()).toMatchObject({ lc_runnable: true });
    });

    it("returns some of the given documents, with text, id and metadata", async () => {
      const given = exampleDocuments();
      const kept = await create().compressDocuments(given, query);
      expect(kept.length).toBeGreaterThan(0);
      expect(kept.length).toBeLessThanOrEqual(given.length);
      const ids = kept.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const document of kept) {
        const original = given.find(({ id }) => id === document.id);
        expect(document.pageContent).toBe(original?.pageContent);
        expect(document.metadata).toMatchObject({ ...original?.metadata });
      }
    });

    it("never changes the caller's documents", async () => {
      const given = exampleDocuments();
      const before = structuredClone(given.map((document) => ({ ...document })));
      for (const document of given) Object.freeze(Object.freeze(document).metadata);
      const first = await create().compressDocuments(Object.freeze(given), query);
      const second = await create().compressDocuments(given, query);
      expect(given.map((document) => ({ ...document }))).toEqual(before);
      expect(second).toEqual(first);
    });

    it("returns an empty list for no documents", async () => {
      expect(await create().compressDocuments([], query)).toEqual([]);
      expect(await create().invoke({ documents: [], query })).toEqual([]);
    });

    it("does the same as a Runnable: alone, in a batch, streamed and piped", async () => {
      const input = { documents: exampleDocuments(), query };
      const expected = await create().compressDocuments(input.documents, query);
      expect(await create().invoke(input)).toEqual(expected);
      expect(await create().batch([input, { documents: [], query }])).toEqual([expected, []]);
      for await (const streamed of await create().stream(input)) expect(streamed).toEqual(expected);
      expect(await create().pipe(texts).invoke(input)).toEqual(texts(expected));
    });

    it("returns the same to calls that run at the same time", async () => {
      const compressor = create();
      const documents = exampleDocuments();
      const queries = [query, "bananas", "색인"];
      const oneByOne: DocumentInterface[][] = [];
      for (const each of queries) oneByOne.push(await compressor.compressDocuments(documents, each));
      const together = await Promise.all(
        queries.map((each) => compressor.compressDocuments(documents, each)),
      );
      expect(together).toEqual(oneByOne);
    });

    it("accepts any documents without failing or inventing texts", async () => {
      const character = fc.constantFrom("a", "b", " ", "\n", "\0", "é", "日", "😀");
      const pageContent = fc.string({ unit: character, maxLength: 20 });
      const metadata = fc.dictionary(fc.constantFrom("source", "loc", "relevanceScore"), fc.integer());
      const anyDocuments = fc.array(fc.record({ pageContent, metadata }), { maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(anyDocuments, pageContent, async (given, anyQuery) => {
          const kept = await create().compressDocuments(given, anyQuery);
          const available = texts(given);
          for (const text of texts(kept))
            expect(available.splice(available.indexOf(text), 1)).toEqual([text]);
        }),
        { numRuns: fuzzRuns, seed: 1 },
      );
    });

    it.each([
      ["a list of handlers", (recorder: RunRecorder) => [recorder]],
      [
        "a callback manager",
        (recorder: RunRecorder) => CallbackManager.configure([recorder]) as CallbackManager,
      ],
      ["a whole config", (recorder: RunRecorder) => ({ callbacks: [recorder] })],
    ])("is traced as one run under %s", async (_, callbacks) => {
      const recorder = new RunRecorder();
      const compressor = create();
      await compressor.compressDocuments(exampleDocuments(), query, callbacks(recorder));
      expect(recorder.roots.map(({ name }) => name)).toEqual([compressor.getName()]);
    });

    it("rejects with the signal's reason, for a signal in the config of either method", async () => {
      const reason = new Error("changed my mind");
      const signal = AbortSignal.abort(reason);
      const documents = exampleDocuments();
      await expect(create().invoke({ documents, query }, { signal })).rejects.toBe(reason);
      await expect(create().compressDocuments(documents, query, { signal })).rejects.toBe(reason);
    });
  });
}
