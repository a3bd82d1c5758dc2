import { describe, expect, it, jest } from "@jest/globals";
import { Document, type DocumentInterface } from "@langchain/core/documents";
import { StringOutputParser } from "@langchain/core/output_parsers";
import { PromptTemplate } from "@langchain/core/prompts";
import { BaseDocumentCompressor } from "@langchain/core/retrievers/document_compressors";
import {
  type RunnableConfig,
  RunnableLambda,
  RunnablePassthrough,
  RunnableSequence,
} from "@langchain/core/runnables";
import { FakeCrossEncoder } from "@secondpass/cross-encoders";
import { RunRecorder } from "@secondpass/test-kit";
import { ContextualCompressionRetriever } from "../src/contextual-compression-retriever.js";
import { CrossEncoderReranker } from "../src/cross-encoder-reranker.js";
import { NotDocumentsError } from "../src/errors/not-documents-error.js";
import { UnknownStepError } from "../src/errors/unknown-step-error.js";
import { LongContextReorder } from "../src/long-context-reorder.js";
import { documentsOf, ListRetriever, textsOf } from "./list-retriever.js";

const TEXTS = ["bananas", "save an index", "load an index", "an index", "index"];
const reranker = (topN?: number) => new CrossEncoderReranker({ model: new FakeCrossEncoder(), topN });

function retriever(fields: Partial<ConstructorParameters<typeof ContextualCompressionRetriever>[0]> = {}) {
  const baseRetriever = new ListRetriever(documentsOf(...TEXTS));
  return new ContextualCompressionRetriever({ baseRetriever, baseCompressor: reranker(), ...fields });
}

/** A compressor of another package: not a Runnable, with callbacks as the third argument. */
class Foreign extends BaseDocumentCompressor {
  readonly calls: unknown[] = [];
  override async compressDocuments(documents: DocumentInterface[], query: string, callbacks?: unknown) {
    this.calls.push({ query, callbacks });
    return documents.slice(0, 1);
  }
}

describe("ContextualCompressionRetriever", () => {
  it("returns the found documents that the compressor keeps", async () => {
    const found = await retriever().invoke("index");
    expect(textsOf(found)).toEqual(["index", "an index", "save an index"]);
    expect(found[0]?.metadata.relevanceScore).toBe(1);
  });

  it("accepts any Runnable that returns Documents, and passes signal and config to it", async () => {
    const seen: RunnableConfig[] = [];
    const baseRetriever = RunnableLambda.from((query: string, config: RunnableConfig) => {
      seen.push(config);
      return documentsOf(`${query}!`);
    });
    const { signal } = new AbortController();
    const found = await retriever({ baseRetriever }).invoke("index", { signal, configurable: { user: 7 } });
    expect(textsOf(found)).toEqual(["index!"]);
    expect(seen).toMatchObject([{ signal, configurable: { user: 7 } }]);
  });

  it("does not call the compressor if nothing is found", async () => {
    const baseCompressor = new Foreign();
    expect(await retriever({ baseRetriever: new ListRetriever([]), baseCompressor }).invoke("index")).toEqual(
      [],
    );
    expect(baseCompressor.calls).toEqual([]);
  });

  it("works with compressors that are not Runnables, and passes only callbacks to them", async () => {
    const baseCompressor = new Foreign();
    const recorder = new RunRecorder();
    const found = await retriever({ baseCompressor }).invoke("index", { callbacks: [recorder] });
    expect(textsOf(found)).toEqual(["bananas"]);
    expect(baseCompressor.calls).toMatchObject([{ query: "index", callbacks: { name: "callback_manager" } }]);
  });

  it("accepts a document transformer instead of a compressor", async () => {
    const found = await retriever({ baseCompressor: new LongContextReorder() }).invoke("index");
    expect(textsOf(found)).toEqual(["bananas", "load an index", "index", "an index", "save an index"]);
  });

  it("uses the topN of one call from the config", async () => {
    const one = await retriever().invoke("index", { configurable: { topN: 1 } });
    expect(textsOf(one)).toEqual(["index"]);
    const bound = retriever().withConfig({ configurable: { topN: 2 } });
    expect(textsOf(await bound.invoke("index"))).toEqual(["index", "an index"]);
  });

  it("does not change the found documents", async () => {
    const documents = documentsOf(...TEXTS);
    await retriever({ baseRetriever: new ListRetriever(documents) }).invoke("index");
    expect(documents).toEqual(documentsOf(...TEXTS));
  });

  it("composes into a prompt", async () => {
    const chain = RunnableSequence.from([
      {
        context: retriever().pipe((documents) => textsOf(documents).join("; ")),
        question: new RunnablePassthrough<string>(),
      },
      PromptTemplate.fromTemplate("Answer {question} from: {context}"),
      RunnableLambda.from((prompt: { toString(): string }) => prompt.toString()),
      new StringOutputParser(),
    ]);
    expect(await chain.invoke("index", { configurable: { topN: 2 } })).toBe(
      "Answer index from: index; an index",
    );
  });

  it("supports batches and streams, like every Runnable", async () => {
    const found = await retriever().invoke("index");
    expect(await retriever().batch(["index", "index"])).toEqual([found, found]);
    for await (const streamed of await retriever().stream("index")) expect(streamed).toEqual(found);
    expect(await retriever()._getRelevantDocuments("index")).toEqual(found);
  });

  it("falls back to the base retriever when the compressor fails", async () => {
    const baseRetriever = new ListRetriever(documentsOf(...TEXTS));
    const baseCompressor = new CrossEncoderReranker({
      model: { score: () => Promise.reject(new Error("down")) },
    });
    const safe = retriever({ baseRetriever, baseCompressor }).withFallbacks([baseRetriever]);
    expect(textsOf(await safe.invoke("index"))).toEqual(TEXTS);
  });

  describe("under a signal", () => {
    const reason = new Error("changed my mind");

    it("ends before it begins when the signal has aborted", async () => {
      const baseRetriever = new ListRetriever(documentsOf(...TEXTS));
      const search = jest.spyOn(baseRetriever, "_getRelevantDocuments");
      const call = retriever({ baseRetriever }).invoke("index", { signal: AbortSignal.abort(reason) });
      await expect(call).rejects.toBe(reason);
      expect(search).not.toHaveBeenCalled();
    });

    it("ends while a base retriever that ignores signals is still searching", async () => {
      const baseRetriever = new ListRetriever([]);
      jest.spyOn(baseRetriever, "_getRelevantDocuments").mockReturnValue(new Promise<never>(() => {}));
      const controller = new AbortController();
      const call = retriever({ baseRetriever }).invoke("index", { signal: controller.signal });
      setImmediate(() => controller.abort(reason));
      await expect(call).rejects.toBe(reason);
    });

    it("reaches the model", async () => {
      const controller = new AbortController();
      let atTheBottom: AbortSignal | undefined;
      const baseCompressor = new CrossEncoderReranker({
        model: {
          score: (_, options) => {
            atTheBottom = options?.signal;
            controller.abort(reason);
            return new Promise<never>(() => {});
          },
        },
      });
      const call = retriever({ baseCompressor }).invoke("index", { signal: controller.signal });
      await expect(call).rejects.toBe(reason);
      expect(atTheBottom?.aborted).toBe(true);
    });

    it("ends a call that takes longer than the config's timeout", async () => {
      const baseCompressor = new CrossEncoderReranker({
        model: { score: () => new Promise<never>(() => {}) },
      });
      await expect(retriever({ baseCompressor }).invoke("index", { timeout: 10 })).rejects.toThrow();
    });
  });

  describe("in a trace", () => {
    it("shows retriever, compressor and cross-encoder under one run, tagged", async () => {
      const recorder = new RunRecorder();
      await retriever({ tags: ["mine"] }).invoke("index", {
        callbacks: [recorder],
        runName: "second pass",
        tags: ["call"],
        metadata: { user: 7 },
      });
      const [run] = recorder.roots;
      expect(recorder.roots).toHaveLength(1);
      expect(run).toMatchObject({ name: "second pass", run_type: "retriever", inputs: { query: "index" } });
      expect(run?.tags).toEqual(expect.arrayContaining(["mine", "call"]));
      expect(run?.child_runs).toMatchObject([
        { name: "ListRetriever", run_type: "retriever", extra: { metadata: { user: 7 } } },
        { name: "CrossEncoderReranker", child_runs: [{ name: "FakeCrossEncoder" }] },
      ]);
      expect(run?.child_runs.map(({ tags }) => tags)).toEqual([
        expect.arrayContaining(["base_retriever", "call"]),
        expect.arrayContaining(["base_compressor", "call"]),
      ]);
    });

    it("uses the caller's run id only for its own run", async () => {
      const recorder = new RunRecorder();
      const runId = "0199a1b2-0000-7000-8000-000000000001";
      await retriever().invoke("index", { callbacks: [recorder], runId });
      expect(recorder.roots[0]?.id).toBe(runId);
      expect(recorder.roots[0]?.child_runs.map(({ id }) => id)).not.toContain(runId);
    });

    it("emits events for each", async () => {
      const events: string[] = [];
      for await (const { event, name } of retriever().streamEvents("index", { version: "v2" })) {
        if (event.endsWith("_start")) events.push(`${event} ${name}`);
      }
      expect(events).toEqual(
        expect.arrayContaining([
          "on_retriever_start ContextualCompressionRetriever",
          "on_retriever_start ListRetriever",
          "on_chain_start CrossEncoderReranker",
          "on_chain_start FakeCrossEncoder",
        ]),
      );
    });

    it("records the failure of a step", async () => {
      const recorder = new RunRecorder();
      const baseCompressor = new CrossEncoderReranker({
        model: { score: () => Promise.reject(new Error("down")) },
      });
      const call = retriever({ baseCompressor }).invoke("index", { callbacks: [recorder] });
      await expect(call).rejects.toThrow("down");
      expect(recorder.roots[0]?.error).toContain("down");
      expect(recorder.find("CrossEncoderReranker")?.error).toContain("down");
    });
  });

  it.each([
    ["text", "string a text"],
    [{ documents: [] }, "an object with the keys documents"],
    [["a text"], "a list of something else"],
    [null, "object null"],
  ])("names the value that a base Runnable returned instead of documents: %p", async (value, received) => {
    const baseRetriever = RunnableLambda.from(async () => (value === "text" ? "a text" : value) as never);
    const call = retriever({ baseRetriever }).invoke("index");
    await expect(call).rejects.toThrow(NotDocumentsError);
    await expect(call).rejects.toThrow(
      `baseRetriever (RunnableLambda) to return a list of Documents, got ${received}`,
    );
  });

  it("throws for an invalid compressor", () => {
    const construct = () => retriever({ baseCompressor: new Document({ pageContent: "" }) as never });
    expect(construct).toThrow(UnknownStepError);
    expect(construct).toThrow("Expected `baseCompressor` to be a document compressor");
  });
});
