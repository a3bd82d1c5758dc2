/**
 * The structure of the workspace. `scripts/structure/check-structure.mjs` (part of `npm run check`) fails if the code differs.
 * docs/contributing/structure.md explains the rules; docs/architecture.md describes the design of each package.
 */

/**
 * The packages that the sources of a package may import, by the folder of `packages/` or `apps/`.
 * - `siblings`: packages of this workspace, by folder. `{ from, typesOnly }` narrows it to a folder of `src`, or to types.
 * - `libraries`: npm packages that the sources may use. Other packages of `guarded` are forbidden; `"none"` forbids all of npm.
 * - `node`: where Node built-ins may be imported. If not set, everywhere; `[]` nowhere.
 */
export const imports = {
  core: { siblings: {}, libraries: "none", node: ["node"] },
  "mini-models": { siblings: {}, libraries: "none" },
  "hf-runtime": { siblings: { core: {} }, libraries: ["onnxruntime-node"] },
  faiss: { siblings: { core: {} }, libraries: [] },
  "document-loaders": { siblings: { core: {} }, libraries: ["@langchain/core"] },
  "text-splitters": { siblings: { core: {} }, libraries: ["@langchain/core", "entities"] },
  "embeddings-hf": { siblings: { core: {}, "hf-runtime": {} }, libraries: ["@langchain/core"] },
  "vectorstore-faiss": { siblings: { core: {}, faiss: {} }, libraries: ["@langchain/core"] },
  "cross-encoders": {
    siblings: { core: {}, "hf-runtime": { from: "huggingface" } },
    libraries: ["@langchain/core", { name: "@aws-sdk/", from: "sagemaker" }],
  },
  evaluation: { siblings: { core: {} }, libraries: ["@langchain/core"] },
  "retrievers-hybrid": {
    siblings: { core: {}, "vectorstore-faiss": { from: "store" } },
    libraries: ["@langchain/core"],
  },
  "retrievers-compression": {
    siblings: { core: {}, "cross-encoders": { typesOnly: true } },
    libraries: ["@langchain/core"],
  },
  "rerank-server": {
    siblings: { core: {} },
    libraries: ["fastify", "@fastify/", "@opentelemetry/api", "prom-client"],
  },
  cli: {
    siblings: {
      core: {},
      "cross-encoders": {},
      "document-loaders": {},
      "embeddings-hf": {},
      evaluation: {},
      "hf-runtime": {},
      "mini-models": {},
      "rerank-server": {},
      "retrievers-compression": {},
      "retrievers-hybrid": {},
      "text-splitters": {},
      "vectorstore-faiss": {},
    },
    libraries: ["@langchain/core"],
  },
  "test-kit": { siblings: {}, libraries: ["@langchain/core"] },
};

/** Large npm packages: a package may import one only if it lists it in `libraries`. */
export const guarded = [
  "@langchain/",
  "@aws-sdk/",
  "onnxruntime-",
  "fastify",
  "@fastify/",
  "@opentelemetry/",
  "prom-client",
];

/**
 * The folders of each package's `src`, from the top floor down. A folder imports from its own floor and from those below it. `.` is
 * `src` itself; a folder that is not listed belongs to the nearest one above it that is.
 */
export const floors = {
  "packages/cli": [
    ["."],
    ["commands"],
    ["page"],
    ["evaluating", "indexing", "mcp", "migrating", "model-cache", "reranking", "searching", "serve"],
    ["mcp/transports"],
    ["mcp/tools"],
    ["mcp/library"],
    ["mcp/calls"],
    ["migrating/manifest"],
    ["migrating/mappings", "migrating/moves"],
    ["migrating/syntax", "migrating/files"],
    ["migrating/contract"],
    ["corpus"],
    ["local-http", "options", "terminal"],
    ["contract"],
    ["errors", "manifest"],
  ],
  // `node` is a separate entry, which nothing else may import.
  "packages/core": [
    ["node"],
    ["node/file-set"],
    ["node/lock"],
    ["node/files"],
    ["."],
    ["embeddings", "scheduling"],
    ["filter", "options", "scores", "texts"],
    ["errors"],
  ],
  "packages/cross-encoders": [
    ["http", "sagemaker"],
    ["batching", "http/protocols"],
    ["content-handlers"],
    ["content-handlers/response", "ai-sdk", "huggingface"],
    [".", "http/errors", "sagemaker/errors"],
    ["errors"],
  ],
  "packages/document-loaders": [["."], ["directory"], ["directory/glob", "decode", "options"], ["errors"]],
  "packages/embeddings-hf": [["."]],
  "packages/evaluation": [
    ["."],
    ["report"],
    ["comparison"],
    ["questions"],
    ["calibration", "files"],
    ["measures", "statistics"],
    ["errors", "markup"],
  ],
  "packages/faiss": [
    ["."],
    ["files", "tuning"],
    ["indexes"],
    [
      "indexes/fast-scan",
      "indexes/hnsw",
      "indexes/hnsw-flat",
      "indexes/ivf",
      "indexes/panorama",
      "indexes/rabitq",
    ],
    ["indexes/codes", "indexes/flat", "indexes/pre-transform"],
    ["disk"],
    ["format", "kernels"],
    ["checks", "contract", "io"],
    ["errors", "ids"],
  ],
  "packages/hf-runtime": [
    ["."],
    ["models"],
    ["scoring"],
    ["modules"],
    ["graph"],
    ["batch", "graph/architectures", "inputs"],
    ["modules/apply", "modules/config", "tokenizer"],
    ["graph/layers", "tokenizer/tokenizer-class", "tokenizer/added-vocabulary"],
    ["graph/int8", "tokenizer/pipeline"],
    ["graph/weights", "hub", "session", "tokenizer/normalizer", "tokenizer/pre-tokenizer"],
    ["tokenizer/model", "tokenizer/post-processor", "tokenizer/truncation"],
    [
      "graph/onnx",
      "model-source",
      "prompts",
      "safetensors",
      "tokenizer/alignment",
      "torch",
      "weight-files",
      "tokenizer/model/bpe",
      "tokenizer/model/unigram",
      "tokenizer/pattern",
    ],
    ["tokenizer/json", "tokenizer/unicode"],
    ["json"],
    ["contracts", "derived-cache", "errors", "numbers", "protobuf", "tokenizer/steps"],
  ],
  "packages/mini-models": [["."]],
  "packages/rerank-server": [
    ["."],
    ["openapi"],
    ["protocols", "service"],
    ["models"],
    ["http", "payloads"],
    ["auth", "tracing"],
    ["log", "metrics", "payloads/values"],
    ["errors"],
  ],
  "packages/retrievers-compression": [["."], ["sentences"], ["errors"]],
  // `store` is a separate entry.
  "packages/retrievers-hybrid": [
    ["store"],
    ["."],
    ["documents", "fusion"],
    ["persistence"],
    ["lexical"],
    ["analysis"],
    ["errors", "io", "kernels"],
  ],
  "packages/test-kit": [
    ["."],
    ["browser", "crash", "filter", "fuzz", "programs", "sagemaker", "vector-store"],
    ["fakes"],
  ],
  "packages/text-splitters": [
    ["."],
    ["semantic", "tokens"],
    ["code", "html", "json", "length", "markdown", "merging", "separators"],
    ["python"],
    ["chunks", "errors", "scheduling"],
  ],
  "packages/vectorstore-faiss": [
    ["."],
    ["changes", "persistence", "tuning"],
    ["persistence/json", "persistence/link", "persistence/pickle", "search"],
    ["persistence/pickle/numpy"],
    ["persistence/pickle/time"],
    ["persistence/pickle/values"],
    ["contents", "persistence/layout"],
    ["documents"],
    ["documents/metadata", "identity"],
    ["errors", "io"],
  ],
  "apps/demo": [["."], ["verify"], ["errors"]],
  "apps/sagemaker-endpoint": [["."], ["commands"], ["aws", "pack", "server"], ["options"], ["errors"]],
};

/** Files that export nothing with their own name, and the reason. Every `index.ts` and everything in `generated` is exempt. */
export const unnamed = {
  "apps/demo/src/cli.ts": "a program",
  "apps/demo/src/verify-aws.ts": "a program",
  "apps/demo/src/verify-hub.ts": "a program",
  "apps/sagemaker-endpoint/src/cli.ts": "a program",
  "packages/cli/src/cli.ts": "a program",
  "packages/faiss/assembly/batch-layout.ts": "offsets in a record of memory",
  "packages/faiss/assembly/far-nodes.ts": "operations on the same nodes, which no object can have here",
  "packages/faiss/assembly/graph-layout.ts": "offsets in a record of memory",
  "packages/faiss/assembly/graph.ts": "operations on a graph, which no object can have here",
  "packages/faiss/assembly/heap.ts": "operations on a heap, which no object can have here",
  "packages/faiss/assembly/layout.ts": "offsets in records of memory",
  "packages/faiss/assembly/pair-heap.ts": "operations on a heap, which no object can have here",
  "packages/faiss/assembly/project.ts": "projections of one query and of many rows",
  "packages/faiss/assembly/quantize.ts": "codes of one row and of many rows",
  "packages/faiss/assembly/rabitq-layout.ts": "offsets in a record of memory",
  "packages/faiss/assembly/score-row.ts": "scores of a row in float64 and in float32",
  "packages/faiss/assembly/simd.ts": "operations on registers",
  "packages/faiss/src/files/no-read-index-file.ts": "replaces read-index-file.ts in the build for browsers",
  "packages/faiss/src/files/no-write-index-file.ts": "replaces write-index-file.ts in the build for browsers",
  "packages/faiss/src/disk/no-disk-rows.ts": "replaces disk-rows.ts in the build for browsers",
  "packages/vectorstore-faiss/test/persistence/pickle/assemble-pickle.ts":
    "a function for each value that a pickle may have",
  "packages/vectorstore-faiss/src/indexes.ts": "a public entry, kept from before faiss was a package",
};

/**
 * Rules that a package still breaks, as "folder: rule". An entry whose package keeps the rule fails the check, so the list only gets shorter.
 */
export const knownBreaches = [];
