import { join } from "node:path";
import { FakeEmbeddings } from "../../../packages/test-kit/src/fakes/fake-embeddings.js";
import type { ClassUnderTest } from "./class-under-test.js";
import { entry } from "./entry.js";
import { INDEXES_FROM_FILES } from "./indexes-from-files.js";
import { mistakesFolder as folder, MISSING } from "./mistakes-folder.js";
import { FREE, Open, Optional, OrNumber } from "./wrong-calls.js";

const crossEncoders = entry("cross-encoders/dist/index.cjs");
const compression = entry("retrievers-compression/dist/index.cjs");
const embeddingsHf = entry("embeddings-hf/dist/index.cjs");
const evaluation = entry("evaluation/dist/index.cjs");
const faiss = entry("faiss/dist/index.cjs");
const hybrid = entry("retrievers-hybrid/dist/index.cjs");
const loaders = entry("document-loaders/dist/index.cjs");
const runtime = entry("hf-runtime/dist/index.cjs");
const server = entry("rerank-server/dist/index.cjs");
const splitters = entry("text-splitters/dist/index.cjs");
const store = entry("vectorstore-faiss/dist/index.cjs");

const signal = new AbortController().signal;
const signalled = new Optional({ signal });
const embeddings = new FakeEmbeddings({ dimensions: 4 });
const model = new crossEncoders.FakeCrossEncoder();
const documents = [{ pageContent: "one", metadata: {}, id: "1" }];
const metadatas = new Optional([{}]);
const pairs = [["one", "two"]];
const vector = [1, 0, 0, 0];

const pairMethods = {
  invoke: [pairs, FREE],
  rank: ["one", ["two"], new Optional(new Open({ topN: 1, signal }))],
  score: [pairs, new Optional(new Open({ signal }))],
};
const embedding = {
  load: [signalled],
  embedDocuments: [["one"], signalled],
  embedQuery: ["one", signalled],
};
const sizes = { chunkSize: 20, chunkOverlap: 2, addStartIndex: true, stripWhitespace: true };
const splitting = {
  splitText: ["one", signalled],
  createDocuments: [["one"], metadatas, signalled],
};
const compressing = {
  compressDocuments: [documents, "one", FREE],
  invoke: [new Open({ documents, query: "one" }), FREE],
};
const retrieving = { invoke: ["one", FREE] };

const filter = () => true;
const adding = { ids: ["1"], upsert: true, signal, embedBatchSize: 2, onProgress: () => undefined };
const storing = {
  distanceStrategy: "l2",
  normalizeL2: false,
  index: { kind: "hnsw", m: 4, efConstruction: 8, efSearch: 8 },
  relevanceScore: (score: number) => score,
  upsert: false,
  ignoreMissing: false,
  embeddingMismatch: "allow",
};
const long = { signal, onProgress: () => undefined };
const tuned = Array.from({ length: 20 }, (_, i) => [i, 1, 0, 0]);
const tuning = { recall: 0.5, k: 1, queries: [[1, 2, 0, 0]], sample: 1, seed: 1, signal };
const reading = { ...storing, ...long, verify: true, rowsOnDisk: false };
const searching = { scoreThreshold: 1, efSearch: 8, nprobe: 1, signal };
const diverse = { k: 1, fetchK: 2, lambda: 0.5, filter, efSearch: 8, nprobe: 1, signal };
const making = { ...storing, embeddingMismatch: FREE, ...adding };
const base = { callbacks: FREE, tags: FREE, metadata: FREE, verbose: FREE };
const retrieverOf = {
  k: 1,
  filter,
  scoreThreshold: 0.5,
  fetchK: 2,
  lambda: 0.5,
  efSearch: 8,
  nprobe: 1,
  searchType: "similarity",
  searchKwargs: { k: 1, scoreThreshold: 0.5, fetchK: 2, lambda: 0.5, efSearch: 8, nprobe: 1, filter },
  ...base,
};
const lexical = { k1: 1.2, b: 0.75, analyzer: { language: "english", stem: true, diacritics: "keep" } };
const words = { ...lexical, k: 1, filter, scoreKey: "a", ...base };
const addingWords = { ids: ["1"], upsert: true, signal };
const hybridOf = {
  ...lexical,
  lexicalWeight: 0.5,
  candidates: 10,
  index: { kind: "flat" },
  unknownText: "lexical",
  onUnknownText: () => undefined,
};
const halves = { k: 1, filter, mode: "hybrid", searchType: "similarity", ...base };
const floats = Float32Array.of(1, 0, 0, 0);
const working = new Optional(long);
const indexed = {
  search: [floats, 1, new Optional({ filter, signal, efSearch: 8, nprobe: 1 })],
  reconstruct: [0],
  reconstructN: [0, 1],
};
const growing = { add: [floats, working] };
const shrinking = { removeIds: [[99]] };
const without = { without: [[99], working] };
const training = { train: [floats, new Optional({ ...long, iterations: 1, seed: 1 })] };
interface Fillable {
  train(vectors: Float32Array): Promise<void>;
  add(vectors: Float32Array): Promise<void>;
}
const filled = async (index: Fillable) => {
  await index.train(floats);
  await index.add(floats);
  return index;
};
const { HybridStore } = entry("retrievers-hybrid/dist/store.cjs");
const vectorStore = new store.FaissStore(embeddings);
const saved = join(folder, "saved");

/** The classes that users make. */
export const CLASSES: readonly ClassUnderTest[] = [
  {
    name: "IndexFlat",
    folder: "faiss",
    Class: faiss.IndexFlat,
    create: [4, "l2"],
    make: () => filled(new faiss.IndexFlat(4, "l2")),
    methods: { ...indexed, ...growing, ...shrinking, ...without, prepare: [signalled], truncate: [1] },
  },
  ...["IndexFlatL2", "IndexFlatIP"].map((name) => ({
    name,
    folder: "faiss",
    Class: faiss[name],
    create: [4, new Optional({ kernels: "plain", int8: true, projections: true, threads: 1 })],
  })),
  {
    name: "IndexHNSWFlat",
    folder: "faiss",
    Class: faiss.IndexHNSWFlat,
    create: [4, new Optional({ m: 4, efConstruction: 8, efSearch: 8, metric: "l2" })],
    make: () => filled(new faiss.IndexHNSWFlat(4)),
    methods: { ...indexed, ...growing, ...without },
  },
  {
    name: "IndexIVFFlat",
    folder: "faiss",
    Class: faiss.IndexIVFFlat,
    create: [4, new Optional({ nlist: 1, nprobe: 1, metric: "l2" })],
    make: () => filled(new faiss.IndexIVFFlat(4, { nlist: 1 })),
    methods: { ...training, ...indexed, ...growing, ...shrinking, ...without },
  },
  {
    name: "IndexIVFRaBitQ",
    folder: "faiss",
    Class: faiss.IndexIVFRaBitQ,
    create: [4, new Optional({ nlist: 1, nprobe: 1, metric: "l2", bits: 4, queryBits: 4 })],
    make: () => filled(new faiss.IndexIVFRaBitQ(4, { nlist: 1 })),
    methods: { ...training, ...indexed, ...growing, ...shrinking, ...without },
  },
  ...["IndexIDMap", "IndexIDMap2"].map((name) => ({
    name,
    folder: "faiss",
    Class: faiss[name],
    create: [new faiss.IndexFlatL2(4)],
    make: async () => {
      const index = new faiss[name](new faiss.IndexFlatL2(4));
      await index.addWithIds(floats, BigInt64Array.of(0n));
      return index;
    },
    methods: {
      ...indexed,
      ...shrinking,
      addWithIds: [floats, BigInt64Array.of(1n), working],
      ...(name === "IndexIDMap" ? { train: [FREE, FREE] } : { prepareReconstruct: [signalled] }),
    },
  })),
  {
    name: "IndexRefineFlat",
    folder: "faiss",
    Class: faiss.IndexRefineFlat,
    create: [new faiss.IndexFlatL2(4), new faiss.IndexFlatL2(4), new Optional(1)],
    make: () => filled(new faiss.IndexRefineFlat(new faiss.IndexFlatL2(4), new faiss.IndexFlatL2(4))),
    methods: { ...indexed, ...growing, ...without, train: [FREE, FREE] },
  },
  {
    name: "IndexPreTransform",
    folder: "faiss",
    Class: faiss.IndexPreTransform,
    make: () => filled(new faiss.IndexPreTransform([], new faiss.IndexIVFFlat(4, { nlist: 1 }))),
    methods: {
      ...training,
      ...indexed,
      ...growing,
      ...shrinking,
      ...without,
      addWithIds: [floats, BigInt64Array.of(1n), working],
      prepareReconstruct: [signalled],
    },
  },
  ...INDEXES_FROM_FILES,
  {
    name: "FakeCrossEncoder",
    folder: "cross-encoders",
    Class: crossEncoders.FakeCrossEncoder,
    create: [],
    methods: pairMethods,
  },
  {
    name: "HttpCrossEncoder",
    folder: "cross-encoders",
    Class: entry("cross-encoders/dist/http.cjs").HttpCrossEncoder,
    create: [
      {
        url: "http://127.0.0.1:9",
        protocol: "cohere",
        path: "/rerank",
        model: "a",
        apiKey: "b",
        headers: FREE,
        modelKwargs: FREE,
        maxConcurrency: 1,
        maxPairsPerRequest: 1,
        maxBytesPerRequest: 100,
        maxRetries: 0,
        maxRetryAfterMs: 1,
        timeoutMs: 1000,
        fetch: () => Promise.reject(new Error("offline")),
      },
    ],
    methods: pairMethods,
  },
  {
    name: "SagemakerEndpointCrossEncoder",
    folder: "cross-encoders",
    Class: entry("cross-encoders/dist/sagemaker.cjs").SagemakerEndpointCrossEncoder,
    create: [
      {
        endpointName: "a",
        region: "eu-central-1",
        modelKwargs: FREE,
        endpointKwargs: FREE,
        maxConcurrency: 1,
        maxPairsPerRequest: 1,
        maxBytesPerRequest: 100,
        timeoutMs: 1000,
      },
    ],
    methods: pairMethods,
  },
  {
    name: "HuggingFaceCrossEncoder",
    folder: "cross-encoders",
    Class: entry("cross-encoders/dist/huggingface.cjs").HuggingFaceCrossEncoder,
    create: [new Optional({ activation: "sigmoid", truncation: "only_second", longTexts: "windows" })],
    make: () =>
      new (entry("cross-encoders/dist/huggingface.cjs").HuggingFaceCrossEncoder)({ model: MISSING }),
    methods: {
      ...pairMethods,
      load: [signalled],
      knownShare: ["one", signalled],
      scoreTokens: [pairs, signalled],
      tokenThreshold: [signalled],
    },
  },
  {
    name: "HuggingFaceLateInteraction",
    folder: "cross-encoders",
    Class: entry("cross-encoders/dist/huggingface.cjs").HuggingFaceLateInteraction,
    create: [new Optional({})],
    make: () =>
      new (entry("cross-encoders/dist/huggingface.cjs").HuggingFaceLateInteraction)({ model: MISSING }),
    methods: { ...pairMethods, load: [signalled] },
  },
  {
    name: "DirectoryLoader",
    folder: "document-loaders",
    Class: loaders.DirectoryLoader,
    create: [folder, new Optional({ extensions: [".txt"], recursive: true })],
  },
  {
    name: "TextLoader",
    folder: "document-loaders",
    Class: loaders.TextLoader,
    create: [join(folder, "a.txt"), new Optional({ encoding: "utf-8", universalNewlines: true })],
  },
  {
    name: "HuggingFaceEmbeddings",
    folder: "embeddings-hf",
    Class: embeddingsHf.HuggingFaceEmbeddings,
    create: [new Optional({ batchSize: 2, prompts: "by-role" })],
    make: () => new embeddingsHf.HuggingFaceEmbeddings({ model: MISSING }),
    methods: {
      ...embedding,
      embeddingIdentity: [signalled],
      knownShare: ["one", signalled],
      withSignal: [signal],
    },
  },
  {
    name: "HuggingFaceMultiVectorEmbeddings",
    folder: "embeddings-hf",
    Class: embeddingsHf.HuggingFaceMultiVectorEmbeddings,
    create: [{ model: MISSING, batchSize: 2, prompts: "by-role" }],
    methods: { ...embedding, score: [[vector], [vector]] },
  },
  {
    name: "HuggingFaceSparseEmbeddings",
    folder: "embeddings-hf",
    Class: embeddingsHf.HuggingFaceSparseEmbeddings,
    create: [{ model: MISSING, batchSize: 2, prompts: "by-role", maxActiveDims: 5 }],
    methods: { ...embedding, decode: [new Open({ indices: [1], values: [1] }), new Optional(1)] },
  },
  {
    name: "ScoreCalibration",
    folder: "evaluation",
    Class: evaluation.ScoreCalibration,
    make: () =>
      evaluation.ScoreCalibration.fit(
        [0, 1, 2, 3].map((score) => ({ score, relevant: score % 2 === 1 })),
        { model: "a" },
      ),
    statics: {
      fit: [
        [0, 1, 2, 3].map((score) => ({ score, relevant: score % 2 === 1 })),
        { model: "a", method: "platt" },
      ],
    },
    methods: { probability: [1], thresholdFor: [{ precision: 0.5 }] },
  },
  {
    name: "ModelCache",
    folder: "hf-runtime",
    Class: runtime.ModelCache,
    create: [new Optional({ cacheDir: folder })],
    methods: { verify: ["a/b", signalled], remove: ["a/b"] },
  },
  {
    name: "LazyModel",
    folder: "hf-runtime",
    Class: runtime.LazyModel,
    create: ["a", () => Promise.resolve({})],
    methods: { get: [new Optional(signal)] },
  },
  { name: "JsonText", folder: "rerank-server", Class: server.JsonText, create: ["{}"] },
  {
    name: "ContextualCompressionRetriever",
    folder: "retrievers-compression",
    Class: compression.ContextualCompressionRetriever,
    create: [
      {
        baseRetriever: new store.FaissStore(embeddings).asRetriever(),
        baseCompressor: new compression.CrossEncoderReranker({ model }),
      },
    ],
    methods: retrieving,
  },
  {
    name: "CrossEncoderReranker",
    folder: "retrievers-compression",
    Class: compression.CrossEncoderReranker,
    create: [{ model, topN: 1, scoreThreshold: 0.5, blend: FREE }],
    methods: compressing,
  },
  {
    name: "DocumentCompressorPipeline",
    folder: "retrievers-compression",
    Class: compression.DocumentCompressorPipeline,
    create: [{ transformers: [new compression.CrossEncoderReranker({ model })] }],
    methods: compressing,
  },
  {
    name: "EmbeddingsFilter",
    folder: "retrievers-compression",
    Class: compression.EmbeddingsFilter,
    create: [{ embeddings, similarityFn: () => [[1]], k: 1, similarityThreshold: 0.5, scoreKey: "a" }],
    methods: compressing,
  },
  {
    name: "EmbeddingsRedundantFilter",
    folder: "retrievers-compression",
    Class: compression.EmbeddingsRedundantFilter,
    create: [{ embeddings, similarityFn: () => [[1]], similarityThreshold: 0.5, keep: "first" }],
    methods: { transformDocuments: [documents], invoke: [documents, FREE] },
  },
  {
    name: "LongContextReorder",
    folder: "retrievers-compression",
    Class: compression.LongContextReorder,
    create: [],
    methods: { transformDocuments: [documents], invoke: [documents, FREE] },
  },
  {
    name: "SentenceHighlighter",
    folder: "retrievers-compression",
    Class: compression.SentenceHighlighter,
    create: [{ model, mode: "keep", topSentences: 1, scoreThreshold: 0.5 }],
    methods: compressing,
  },
  {
    name: "EnsembleRetriever",
    folder: "retrievers-hybrid",
    Class: hybrid.EnsembleRetriever,
    create: [{ retrievers: [new store.FaissStore(embeddings).asRetriever()], weights: [1], c: 60 }],
    methods: retrieving,
  },
  {
    name: "BM25Retriever",
    folder: "retrievers-hybrid",
    Class: hybrid.BM25Retriever,
    create: [new Optional(words)],
    statics: {
      fromDocuments: [documents, new Optional({ ...words, ...addingWords })],
      fromTexts: [["one"], metadatas, new Optional({ ...words, ...addingWords })],
      load: [MISSING, new Optional({ ...words, signal })],
    },
    methods: {
      ...retrieving,
      addDocuments: [documents, new Optional(addingWords)],
      delete: [{ ids: ["1"], ignoreMissing: true, signal }],
      save: [saved, signalled],
      getByIds: [["1"]],
      searchWithScore: ["one", new Optional({ k: 1, filter, signal })],
    },
  },
  {
    name: "HybridRetriever",
    folder: "retrievers-hybrid",
    Class: HybridStore,
    make: () => new HybridStore(embeddings).asRetriever(),
    methods: retrieving,
  },
  {
    name: "HybridStore",
    folder: "retrievers-hybrid",
    Class: HybridStore,
    create: [embeddings, new Optional(hybridOf)],
    make: () => HybridStore.fromDocuments(documents, embeddings),
    statics: {
      fromDocuments: [documents, embeddings, new Optional({ ...hybridOf, ...adding })],
      fromTexts: [["one"], metadatas, embeddings, new Optional({ ...hybridOf, ...adding })],
      load: [
        MISSING,
        embeddings,
        new Optional({ ...hybridOf, index: FREE, embeddingMismatch: "allow", signal }),
      ],
    },
    methods: {
      addDocuments: [documents, new Optional(adding)],
      addVectors: [[vector], documents, new Optional(adding)],
      delete: [{ ids: ["2"], ignoreMissing: true, signal }],
      getByIds: [["1"]],
      allDocuments: [signalled],
      similaritySearch: ["one", new Optional(1), new Optional(filter)],
      similaritySearchWithScore: ["one", new Optional(1), new Optional(filter)],
      similaritySearchVectorWithScore: [vector, 1, new Optional(filter)],
      maxMarginalRelevanceSearch: ["one", new Optional(diverse)],
      search: ["one", new Optional({ k: 1, filter, mode: "hybrid", onUnknownText: () => undefined, signal })],
      asRetriever: [new OrNumber(halves), FREE],
      save: [saved, signalled],
    },
  },
  {
    name: "FaissStoreRetriever",
    folder: "vectorstore-faiss",
    Class: store.FaissStoreRetriever,
    create: [{ vectorStore, ...retrieverOf }],
    make: () => vectorStore.asRetriever(),
    methods: retrieving,
  },
  {
    name: "FaissStore",
    folder: "vectorstore-faiss",
    Class: store.FaissStore,
    create: [embeddings, new Optional(storing)],
    make: () => store.FaissStore.fromDocuments(documents, embeddings),
    statics: {
      load: [MISSING, embeddings, new Optional(reading)],
      loadFromPython: [MISSING, embeddings, new Optional({ ...reading, indexName: "index" })],
      deserializeFromBytes: [new Uint8Array(1), embeddings, new Optional(reading)],
      fromTexts: [["one"], metadatas, embeddings, new Optional(making)],
      fromDocuments: [documents, embeddings, new Optional(making)],
      fromEmbeddings: [[["one", vector]], embeddings, new Optional({ ...making, metadatas: [{}] })],
      fromIndex: [vectorStore, embeddings, new Optional({ ...storing, ...long, ids: [], documents: [] })],
      proposeIndex: [{ size: 20, dimensions: 2, memoryBytes: 1e6 }],
      tune: [
        tuned,
        new Optional({
          ...tuning,
          memoryBytes: 1e6,
          kinds: ["flat"],
          distanceStrategy: "l2",
          normalizeL2: false,
          onProgress: FREE,
        }),
      ],
    },
    methods: {
      addDocuments: [documents, new Optional(adding)],
      addTexts: [["one"], metadatas, new Optional(adding)],
      addVectors: [[vector], documents, new Optional(adding)],
      mergeFrom: [vectorStore, new Optional({ ...long, embeddingMismatch: "allow" })],
      delete: [{ ids: ["2"], ignoreMissing: true, ...long }],
      tune: [new Optional(tuning)],
      getByIds: [["1"]],
      allDocuments: [signalled],
      scoresByIds: [vector, ["1"], signalled],
      similaritySearchVectorWithScore: [vector, 1, new Optional(filter), new Optional(searching)],
      similaritySearch: ["one", new Optional(1), new Optional(filter), FREE],
      similaritySearchWithScore: [
        "one",
        new Optional(1),
        new Optional(filter),
        FREE,
        new Optional(searching),
      ],
      similaritySearchWithRelevanceScores: ["one", new Optional(1), new Optional({ ...searching, filter })],
      maxMarginalRelevanceSearch: ["one", new Optional(diverse), FREE],
      maxMarginalRelevanceSearchByVector: [vector, new Optional(diverse)],
      maxMarginalRelevanceSearchWithScoreByVector: [vector, new Optional(diverse)],
      asRetriever: [new OrNumber(retrieverOf), FREE, FREE, FREE, FREE, FREE],
      save: [saved, new Optional(long)],
      saveForPython: [saved, new Optional({ ...long, indexName: "index" })],
      serializeToBytes: [new Optional(long)],
    },
  },
  ...["CharacterTextSplitter", "RecursiveCharacterTextSplitter"].map((name) => ({
    name,
    folder: "text-splitters",
    Class: splitters[name],
    create: [
      new Optional({
        ...sizes,
        keepSeparator: true,
        lengthFunction: (text: string) => text.length,
        ...(name === "CharacterTextSplitter" ? { separator: " " } : { separators: [" "] }),
        isSeparatorRegex: false,
      }),
    ],
    methods: splitting,
    ...(name === "RecursiveCharacterTextSplitter" && {
      statics: {
        fromLanguage: ["markdown", new Optional({ chunkSize: 20, chunkOverlap: 2 })],
        getSeparatorsForLanguage: ["markdown"],
      },
    }),
  })),
  ...["LatexTextSplitter", "MarkdownTextSplitter", "PythonCodeTextSplitter"].map((name) => ({
    name,
    folder: "text-splitters",
    Class: splitters[name],
    create: [new Optional({ ...sizes, keepSeparator: true })],
    methods: splitting,
  })),
  {
    name: "JSFrameworkTextSplitter",
    folder: "text-splitters",
    Class: splitters.JSFrameworkTextSplitter,
    create: [new Optional({ ...sizes, separators: [" "] })],
    methods: splitting,
  },
  {
    name: "SemanticChunker",
    folder: "text-splitters",
    Class: splitters.SemanticChunker,
    create: [
      { embeddings, bufferSize: 1, breakpointThresholdType: "percentile", breakpointThresholdAmount: 90 },
    ],
    methods: splitting,
  },
  {
    name: "TokenTextSplitter",
    folder: "text-splitters",
    Class: splitters.TokenTextSplitter,
    create: [{ ...sizes, tokenizer: (text: string) => text.length }],
    methods: splitting,
  },
  {
    name: "SentenceTransformersTokenTextSplitter",
    folder: "text-splitters",
    Class: splitters.SentenceTransformersTokenTextSplitter,
    create: [{ tokenizer: (text: string) => text.length, tokensPerChunk: 20, chunkOverlap: 2 }],
    methods: { ...splitting, countTokens: ["one"] },
  },
  {
    name: "ExperimentalMarkdownSyntaxTextSplitter",
    folder: "text-splitters",
    Class: splitters.ExperimentalMarkdownSyntaxTextSplitter,
    create: [new Optional({ headersToSplitOn: [["#", "h"]], stripHeaders: true, returnEachLine: true })],
    methods: { splitText: splitting.splitText },
  },
  {
    name: "MarkdownHeaderTextSplitter",
    folder: "text-splitters",
    Class: splitters.MarkdownHeaderTextSplitter,
    create: [{ headersToSplitOn: [["#", "h"]], stripHeaders: true, returnEachLine: true }],
    methods: { splitText: splitting.splitText },
  },
  {
    name: "HTMLHeaderTextSplitter",
    folder: "text-splitters",
    Class: splitters.HTMLHeaderTextSplitter,
    create: [{ headersToSplitOn: [["h1", "h"]], returnEachElement: true }],
    methods: { splitText: splitting.splitText },
  },
  {
    name: "HTMLSectionSplitter",
    folder: "text-splitters",
    Class: splitters.HTMLSectionSplitter,
    create: [{ headersToSplitOn: [["h1", "h"]] }],
    methods: { splitText: splitting.splitText, createDocuments: splitting.createDocuments },
  },
  {
    name: "RecursiveJsonSplitter",
    folder: "text-splitters",
    Class: splitters.RecursiveJsonSplitter,
    create: [new Optional({ maxChunkSize: 100, minChunkSize: 10 })],
    methods: {
      splitJson: [FREE, new Optional({ convertLists: true, signal })],
      splitText: [FREE, new Optional({ convertLists: true, signal })],
      createDocuments: [[{}], metadatas, new Optional({ convertLists: true, signal })],
    },
  },
];
