import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FakeEmbeddings } from "../../../../packages/test-kit/src/fakes/fake-embeddings.js";
import { entry } from "../entry.js";
import { MISSING, mistakesFolder } from "../mistakes-folder.js";
import { Fixed, FREE, Open, Optional } from "../wrong-calls.js";
import type { FunctionCalls } from "./function-calls.js";

const signal = new AbortController().signal;
const loading = {
  model: MISSING,
  revision: "main",
  cacheDir: mistakesFolder,
  token: "a",
  endpoint: "http://127.0.0.1:9",
  localFilesOnly: true,
  lowMemory: true,
  threads: 1,
  maxLength: 8,
  batchTokens: 100,
  maxQueuedTokens: 100,
  signal,
};
const crossEncoder = new (entry("cross-encoders/dist/index.cjs").FakeCrossEncoder)();
const { cohere } = entry("rerank-server/dist/index.cjs");
const LIMITS = [
  "bodyBytes",
  "pairsPerRequest",
  "concurrentRequests",
  "outstandingTokens",
  "inflightBytes",
  "pairsPerBatch",
  "tokensPerBatch",
  "connections",
  "headersMs",
  "bodyMs",
  "idleMs",
  "minBytesPerSecond",
];
const prompted = new Open({ model: "a", prompts: new Open({ query: "q: " }), defaultPromptName: FREE });
const { RERANKER_PATH } = entry("mini-models/dist/index.cjs");
/** Data of a model, which only the model checks. */
const config = new Fixed(JSON.parse(readFileSync(join(RERANKER_PATH, "config.json"), "utf8")));
const sparse = new Open({ indices: [1], values: [1] });

/** Functions of packages that export only a few. */
export const OTHER_FUNCTIONS: Readonly<Record<string, FunctionCalls>> = {
  "@secondpass/cross-encoders/ai-sdk": {
    aiSdkEmbeddingModel: [
      new FakeEmbeddings({ dimensions: 4 }),
      new Optional({ specificationVersion: "v3", task: "query", provider: "a", modelId: "a" }),
    ],
    aiSdkRerankingModel: [
      crossEncoder,
      new Optional({ specificationVersion: "v3", provider: "a", modelId: "a" }),
    ],
  },
  "@secondpass/embeddings-hf": { sparseSimilarity: [sparse, sparse] },
  "@secondpass/hf-runtime": {
    activationFunction: ["sigmoid"],
    encoderPrompt: [prompted, new Open({ promptName: "query" })],
    exportOnnx: [{ config: config, weightFiles: [MISSING], task: "encode" }],
    identifyEncoder: [loading],
    loadCrossEncoder: [loading],
    loadEncoder: [loading],
    loadMultiVectorEncoder: [loading],
    loadSparseEncoder: [loading],
    promptedPairs: [prompted, [["one", "two"]], new Open({ promptName: "query" })],
    showProgress: [new Open({ kind: "load" })],
  },
  "@secondpass/rerank-server": {
    createRerankServer: [
      {
        model: async () => Promise.reject(new Error("no model")),
        strictModels: false,
        protocols: [cohere],
        limits: Object.fromEntries(LIMITS.map((name) => [name, 1000])),
        autoTruncate: true,
        apiKeys: ["key"],
        openPaths: ["/ping"],
        cors: ["*"],
        logLevel: "silent",
        logStream: new Open({ write: () => undefined }),
        processMetrics: false,
      },
      new Optional({ host: "127.0.0.1", port: 0 }),
    ],
    standardOutput: [new Optional(process.stdout)],
  },
  "@secondpass/retrievers-compression": {
    cosineSimilarity: [[[1, 0]], [[1, 0]]],
    highlight: [new Open({ pageContent: "one", metadata: FREE }), new Optional({ before: "<", after: ">" })],
  },
  "@secondpass/retrievers-hybrid": {
    textAnalyzer: [
      new Optional({ language: "english", stem: true, stopWords: true, diacritics: "keep", cjk: "bigrams" }),
    ],
  },
  "@secondpass/text-splitters": { codePointLength: ["one"] },
};
