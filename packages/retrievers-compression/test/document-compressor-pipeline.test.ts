import { describe, expect, it } from "@jest/globals";
import { Document, MappingDocumentTransformer } from "@langchain/core/documents";
import { FakeCrossEncoder } from "@secondpass/cross-encoders";
import { documentCompressorSuite, FakeEmbeddings, RunRecorder } from "@secondpass/test-kit";
import { CrossEncoderReranker } from "../src/cross-encoder-reranker.js";
import { DocumentCompressorPipeline } from "../src/document-compressor-pipeline.js";
import { EmbeddingsFilter } from "../src/embeddings-filter.js";
import { EmbeddingsRedundantFilter } from "../src/embeddings-redundant-filter.js";
import { UnknownStepError } from "../src/errors/unknown-step-error.js";
import { LongContextReorder } from "../src/long-context-reorder.js";
import { documentsOf, textsOf } from "./list-retriever.js";

class Shouting extends MappingDocumentTransformer {
  override async _transformDocument(document: Document): Promise<Document> {
    return new Document({ ...document, pageContent: document.pageContent.toUpperCase() });
  }
}

const reranker = () => new CrossEncoderReranker({ model: new FakeCrossEncoder() });

describe("DocumentCompressorPipeline", () => {
  documentCompressorSuite({
    create: () => {
      const embeddings = new FakeEmbeddings();
      return new DocumentCompressorPipeline({
        transformers: [new EmbeddingsRedundantFilter({ embeddings }), reranker(), new LongContextReorder()],
      });
    },
  });

  it("runs compressors and transformers in the given order", async () => {
    const pipeline = new DocumentCompressorPipeline({ transformers: [new Shouting(), reranker()] });
    const [best] = await pipeline.compressDocuments(documentsOf("index", "INDEX!", "bag"), "INDEX");
    expect(best?.pageContent).toBe("INDEX");
    expect(best?.metadata.relevanceScore).toBe(1);
  });

  it("drops redundant documents, then those unlike the query, embedding each text once", async () => {
    const query = "cookies";
    const embeddings = new FakeEmbeddings({
      vectors: {
        [query]: [1, 0],
        "Where did my cookies go?": [1, 0.1],
        "What happened to my cookies?": [1, 0.11],
        "I wish there were better restaurants here.": [-0.2, 1],
      },
    });
    const pipeline = new DocumentCompressorPipeline({
      transformers: [
        new EmbeddingsRedundantFilter({ embeddings }),
        new EmbeddingsFilter({ embeddings, k: null, similarityThreshold: 0.5 }),
        new EmbeddingsFilter({ embeddings, k: 1 }),
      ],
    });
    const texts = [
      "Where did my cookies go?",
      "What happened to my cookies?",
      "I wish there were better restaurants here.",
    ];
    const kept = await pipeline.compressDocuments(documentsOf(...texts), query);
    expect(textsOf(kept)).toEqual(["What happened to my cookies?"]);
    expect(embeddings.calls).toEqual([texts]);
  });

  it("embeds again if a step has changed the text or if another step uses other embeddings", async () => {
    const first = new FakeEmbeddings();
    const second = new FakeEmbeddings();
    const filter = (embeddings: FakeEmbeddings) => new EmbeddingsFilter({ embeddings });
    const pipeline = new DocumentCompressorPipeline({
      transformers: [filter(first), new Shouting(), filter(first), filter(second)],
    });
    await pipeline.compressDocuments(documentsOf("index"), "q");
    expect(first.calls).toEqual([["index"], ["INDEX"]]);
    expect(second.calls).toEqual([["INDEX"]]);
  });

  it("does not run the steps after one that leaves no documents", async () => {
    const embeddings = new FakeEmbeddings();
    const pipeline = new DocumentCompressorPipeline({
      transformers: [
        new CrossEncoderReranker({ model: new FakeCrossEncoder(), scoreThreshold: 2 }),
        new EmbeddingsFilter({ embeddings }),
      ],
    });
    expect(await pipeline.compressDocuments(documentsOf("index"), "index")).toEqual([]);
    expect(embeddings.calls).toEqual([]);
  });

  it("adds its steps to the trace, numbered", async () => {
    const recorder = new RunRecorder();
    const embeddings = new FakeEmbeddings();
    const transformers = [new EmbeddingsRedundantFilter({ embeddings }), reranker()];
    const pipeline = new DocumentCompressorPipeline({ transformers });
    await pipeline.compressDocuments(documentsOf("index"), "index", [recorder]);
    expect(recorder.roots[0]?.child_runs).toMatchObject([
      { name: "EmbeddingsRedundantFilter", tags: ["step:1"] },
      { name: "CrossEncoderReranker", tags: ["step:2"] },
    ]);
  });

  it("passes the config of a call to its steps", async () => {
    const pipeline = new DocumentCompressorPipeline({ transformers: [reranker()] });
    const input = { documents: documentsOf("a", "b", "c"), query: "a" };
    expect(await pipeline.invoke(input, { configurable: { topN: 1 } })).toHaveLength(1);
  });

  it("stops between steps when the signal aborts", async () => {
    const controller = new AbortController();
    const reason = new Error("changed my mind");
    const embeddings = new FakeEmbeddings();
    const aborting = {
      transformDocuments: async (documents: Document[]) => {
        controller.abort(reason);
        return documents;
      },
    };
    const transformers = [aborting, new EmbeddingsFilter({ embeddings })];
    const pipeline = new DocumentCompressorPipeline({ transformers });
    const input = { documents: documentsOf("a"), query: "a" };
    await expect(pipeline.invoke(input, { signal: controller.signal })).rejects.toBe(reason);
    expect(embeddings.calls).toEqual([]);
  });

  it("throws for a step that is neither compressor nor transformer, and names it", () => {
    const construct = () => new DocumentCompressorPipeline({ transformers: [reranker(), {} as never] });
    expect(construct).toThrow(UnknownStepError);
    expect(construct).toThrow("`transformers[1]`");
  });
});
