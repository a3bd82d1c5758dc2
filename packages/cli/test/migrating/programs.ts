/** A program of the kind that people have, before and after migration. */
export interface MigratedProgram {
  readonly name: string;
  /** Path of the file; its ending determines the language. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  /** Parts of the messages for a person. */
  readonly findings: readonly string[];
}

/** Programs from the documentation of the old packages, rewritten by us. Each "after" type-checks; those that need no model also run. */
export const PROGRAMS: readonly MigratedProgram[] = [
  {
    name: "a store of texts, saved and loaded",
    path: "store.ts",
    before: `import { FaissStore } from "@langchain/community/vectorstores/faiss";
import { FakeEmbeddings } from "@langchain/core/utils/testing";

const store = await FaissStore.fromTexts(["one", "two"], [{ id: 1 }, { id: 2 }], new FakeEmbeddings(), {});
await store.save("./store");
const loaded: FaissStore = await FaissStore.load("./store", new FakeEmbeddings());
console.log((await loaded.similaritySearch("one", 1)).length);
`,
    after: `import { FaissStore } from "@secondpass/vectorstore-faiss";
import { FakeEmbeddings } from "@langchain/core/utils/testing";

const store = await FaissStore.fromTexts(["one", "two"], [{ id: 1 }, { id: 2 }], new FakeEmbeddings(), {});
await store.save("./store");
const loaded: FaissStore = await FaissStore.load("./store", new FakeEmbeddings());
console.log((await loaded.similaritySearch("one", 1)).length);
`,
    findings: [],
  },
  {
    name: "embeddings of transformers.js 3, in single quotes without semicolons",
    path: "embeddings.mts",
    before: `import {
  HuggingFaceTransformersEmbeddings,
} from '@langchain/community/embeddings/huggingface_transformers'

export const plain = new HuggingFaceTransformersEmbeddings()
export const embeddings = new HuggingFaceTransformersEmbeddings({
  model: 'mixedbread-ai/mxbai-embed-large-v1',
  timeout: 1000, // for slow days
  pretrainedOptions: { dtype: 'q8', cache_dir: './models' },
  pipelineOptions: { pooling: 'cls', normalize: false },
})
`,
    after: `import {
  HuggingFaceEmbeddings,
} from '@secondpass/embeddings-hf'

export const plain = new HuggingFaceEmbeddings({ model: 'Xenova/all-MiniLM-L6-v2', normalize: true })
export const embeddings = new HuggingFaceEmbeddings({
  model: 'mixedbread-ai/mxbai-embed-large-v1',
  dtype: 'q8',
  cacheDir: './models',
  pooling: 'cls',
  normalize: false,
})
`,
    findings: ["modules.json", "`timeout` is taken out"],
  },
  {
    name: "embeddings of transformers.js 2, whose weights were quantized",
    path: "old.mjs",
    before: `import { HuggingFaceTransformersEmbeddings as Local } from "@langchain/community/embeddings/hf_transformers";

export const small = new Local({ modelName: "Xenova/bge-small-en-v1.5" });
export const exact = new Local({
  modelName: "Xenova/bge-small-en-v1.5",
  pretrainedOptions: { quantized: false },
});
`,
    after: `import { HuggingFaceEmbeddings as Local } from "@secondpass/embeddings-hf";

export const small = new Local({ model: "Xenova/bge-small-en-v1.5", normalize: true, dtype: "q8" });
export const exact = new Local({
  model: "Xenova/bge-small-en-v1.5",
  dtype: "fp32",
  normalize: true,
});
`,
    findings: ["modules.json"],
  },
  {
    name: "Cohere's reranker in a retriever",
    path: "cohere.ts",
    before: `import { CohereRerank, CohereEmbeddings } from "@langchain/cohere";
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";
import { ContextualCompressionRetriever } from "langchain/retrievers/contextual_compression";

declare const store: MemoryVectorStore, embeddings: CohereEmbeddings;

const cohereRerank = new CohereRerank({
  apiKey: process.env.COHERE_API_KEY, // Default
  topN: 5,
  model: "rerank-english-v3.0",
});
const second = new CohereRerank({ model: "rerank-v3.5", maxChunksPerDoc: 4 });
export const retriever = new ContextualCompressionRetriever({
  baseCompressor: cohereRerank,
  baseRetriever: store.asRetriever(20),
});
export { embeddings, second };
`,
    after: `import {
  CrossEncoderReranker,
  ContextualCompressionRetriever,
} from "@secondpass/retrievers-compression";
import { HttpCrossEncoder } from "@secondpass/cross-encoders/http";
import { CohereEmbeddings } from "@langchain/cohere";
import { MemoryVectorStore } from "@langchain/classic/vectorstores/memory";

declare const store: MemoryVectorStore, embeddings: CohereEmbeddings;

const cohereRerank = new CrossEncoderReranker({
  model: new HttpCrossEncoder({
    url: "https://api.cohere.com",
    protocol: "cohere",
    model: "rerank-english-v3.0",
    apiKey: process.env.COHERE_API_KEY,
  }),
  topN: 5,
});
const second = new CrossEncoderReranker({ model: new HttpCrossEncoder({ url: "https://api.cohere.com", protocol: "cohere-v1", model: "rerank-v3.5", modelKwargs: { max_chunks_per_doc: 4 } }) });
export const retriever = new ContextualCompressionRetriever({
  baseCompressor: cohereRerank,
  baseRetriever: store.asRetriever(20),
});
export { embeddings, second };
`,
    findings: ["Cohere's service is used as before", "comments among the options are lost"],
  },
  {
    name: "BM25 and an ensemble",
    path: "hybrid.ts",
    before: `import { BM25Retriever } from "@langchain/community/retrievers/bm25";
import { EnsembleRetriever, type EnsembleRetrieverInput } from "langchain/retrievers/ensemble";
import { Document } from "@langchain/core/documents";

const docs = [new Document({ pageContent: "mitochondria are found in cells" })];
const first = BM25Retriever.fromDocuments(docs, { k: 4, includeScore: true });
async function make() {
  return new BM25Retriever({ docs, k: 2 });
}
const input: EnsembleRetrieverInput = { retrievers: [first, await make()], weights: [0.5, 0.5] };
const found = await new EnsembleRetriever(input).invoke("mitochondria");
console.log(found.length);
`,
    after: `import {
  BM25Retriever,
  EnsembleRetriever,
  type EnsembleRetrieverFields,
} from "@secondpass/retrievers-hybrid";
import { Document } from "@langchain/core/documents";

const docs = [new Document({ pageContent: "mitochondria are found in cells" })];
const first = await BM25Retriever.fromDocuments(docs, { k: 4 });
async function make() {
  return await BM25Retriever.fromDocuments(docs, { k: 2 });
}
const input: EnsembleRetrieverFields = { retrievers: [first, await make()], weights: [0.5, 0.5] };
const found = await new EnsembleRetriever(input).invoke("mitochondria");
console.log(found.length);
`,
    findings: ["stemmed", "metadata.fusion", "`includeScore` is taken out"],
  },
  {
    name: "splitters, and a filter in a pipeline",
    path: "pipeline.ts",
    before: `import { RecursiveCharacterTextSplitter, CharacterTextSplitter } from "@langchain/textsplitters";
import { BaseDocumentCompressor, DocumentCompressorPipeline } from "langchain/retrievers/document_compressors";
import { EmbeddingsFilter } from "@langchain/classic/retrievers/document_compressors/embeddings_filter";
import { FakeEmbeddings } from "@langchain/core/utils/testing";

const base = { chunkOverlap: 10 };
const splitter = new RecursiveCharacterTextSplitter(base);
const lines = new CharacterTextSplitter({ separator: "\\n", chunkSize: 200, chunkOverlap: 0 });
const code = RecursiveCharacterTextSplitter.fromLanguage("js");
const filter = new EmbeddingsFilter({ embeddings: new FakeEmbeddings(), similarityThreshold: 0.8, k: undefined });
const compressor: BaseDocumentCompressor = new DocumentCompressorPipeline({ transformers: [splitter, lines, filter] });
console.log((await compressor.compressDocuments([], "?")).length, (await code.splitText("let a")).length);
`,
    after: `import { RecursiveCharacterTextSplitter, CharacterTextSplitter } from "@secondpass/text-splitters";
import { BaseDocumentCompressor } from "@langchain/core/retrievers/document_compressors";
import { DocumentCompressorPipeline, EmbeddingsFilter } from "@secondpass/retrievers-compression";
import { FakeEmbeddings } from "@langchain/core/utils/testing";

const base = { chunkOverlap: 10 };
const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 1000, ...base });
const lines = new CharacterTextSplitter({ separator: "\\n", chunkSize: 200, chunkOverlap: 0 });
const code = RecursiveCharacterTextSplitter.fromLanguage("js", { chunkSize: 1000 });
const filter = new EmbeddingsFilter({ embeddings: new FakeEmbeddings(), similarityThreshold: 0.8, k: null });
const compressor: BaseDocumentCompressor = new DocumentCompressorPipeline({ transformers: [splitter, lines, filter] });
console.log((await compressor.compressDocuments([], "?")).length, (await code.splitText("let a")).length);
`,
    findings: ["code points"],
  },
  {
    name: "loaders",
    path: "load.ts",
    before: `import { DirectoryLoader, UnknownHandling } from "langchain/document_loaders/fs/directory";
import type { LoadersMapping } from "langchain/document_loaders/fs/directory";
import { TextLoader } from "langchain/document_loaders/fs/text";

const loaders: LoadersMapping = { ".txt": (path: string) => new TextLoader(path) };
const loader = new DirectoryLoader(".", loaders, true, UnknownHandling.Ignore);
console.log((await loader.load()).length);
`,
    after: `import { DirectoryLoader, TextLoader } from "@secondpass/document-loaders";
import type { LoadersByEnding } from "@secondpass/document-loaders";

const loaders: LoadersByEnding = { ".txt": (path: string) => new TextLoader(path) };
const loader = new DirectoryLoader(".", loaders, true, "ignore");
console.log((await loader.load()).length);
`,
    findings: ["universalNewlines"],
  },
  {
    name: "require and import() in CommonJS",
    path: "lazy.cjs",
    before: `const { FaissStore } = require("@langchain/community/vectorstores/faiss");
const { RecursiveCharacterTextSplitter: Splitter, TokenTextSplitter } = require("@langchain/textsplitters");
const compression = require("langchain/retrievers/contextual_compression");
const TextLoader = require("langchain/document_loaders/fs/text").TextLoader;

exports.run = async () => {
  const { BM25Retriever } = await import("@langchain/community/retrievers/bm25");
  const { CohereRerank } = await import("@langchain/cohere");
  const load = await import("langchain/document_loaders/fs/directory").then(({ DirectoryLoader }) => DirectoryLoader);
  const words = BM25Retriever.fromDocuments([], { k: 1 });
  const model = new CohereRerank({ model: "rerank-v3.5" });
  return [FaissStore, new Splitter(), TokenTextSplitter, new TextLoader("a"), words, model, load, compression.ContextualCompressionRetriever];
};
`,
    after: `const { FaissStore } = require("@secondpass/vectorstore-faiss");
const { RecursiveCharacterTextSplitter: Splitter } = require("@secondpass/text-splitters");
const { TokenTextSplitter } = require("@langchain/textsplitters");
const compression = require("@secondpass/retrievers-compression");
const TextLoader = require("@secondpass/document-loaders").TextLoader;

exports.run = async () => {
  const { BM25Retriever } = await import("@secondpass/retrievers-hybrid");
  const { CrossEncoderReranker } = await import("@secondpass/retrievers-compression");
  const { HttpCrossEncoder } = await import("@secondpass/cross-encoders/http");
  const load = await import("@secondpass/document-loaders").then(({ DirectoryLoader }) => DirectoryLoader);
  const words = await BM25Retriever.fromDocuments([], { k: 1 });
  const model = new CrossEncoderReranker({ model: new HttpCrossEncoder({ url: "https://api.cohere.com", protocol: "cohere", model: "rerank-v3.5" }) });
  return [FaissStore, new Splitter({ chunkSize: 1000 }), TokenTextSplitter, new TextLoader("a"), words, model, load, compression.ContextualCompressionRetriever];
};
`,
    findings: [
      "code points",
      "universalNewlines",
      "stemmed",
      "Cohere's service is used as before",
      "takes a tokenizer",
    ],
  },
  {
    name: "a splitter by tokens of an encoding",
    path: "tokens.ts",
    before: `import { TokenTextSplitter } from "@langchain/textsplitters";

const splitter = new TokenTextSplitter({ encodingName: "cl100k_base", chunkSize: 4, chunkOverlap: 1 });
const texts = await splitter.splitText("One, two, three, four, five.");
console.log(texts.join("|"), new TokenTextSplitter().chunkSize);
`,
    after: `import { TokenTextSplitter } from "@secondpass/text-splitters";
import { getEncoding } from "js-tiktoken";

const splitter = new TokenTextSplitter({ tokenizer: getEncoding("cl100k_base"), chunkSize: 4, chunkOverlap: 1 });
const texts = await splitter.splitText("One, two, three, four, five.");
console.log(texts.join("|"), new TokenTextSplitter({ tokenizer: getEncoding("gpt2"), chunkSize: 1000 }).chunkSize);
`,
    findings: ["nothing is downloaded any more"],
  },
  {
    name: "feature extraction by a pipeline of transformers.js",
    path: "extract.ts",
    before: `import { pipeline } from "@huggingface/transformers";

const extractor = await pipeline("feature-extraction", "Xenova/all-MiniLM-L6-v2", { dtype: "q8" });
const sentences = ["This is an example sentence", "Each sentence is converted"];
const output = await extractor(sentences, { pooling: "cls", normalize: true });
export const vectors: number[][] = output.tolist();
export async function embed(text: string): Promise<number[]> {
  const vector = await extractor(text, { normalize: true, pooling: "cls" });
  return Array.from(vector.data);
}
export const [first] = (await extractor(\`one \${sentences.length}\`, { pooling: "cls", normalize: true })).tolist();
const other = await extractor("other", { pooling: "cls", normalize: true });
console.log(other.tolist()[0]);
await extractor.dispose();
`,
    after: `import { HuggingFaceEmbeddings } from "@secondpass/embeddings-hf";

const extractor = new HuggingFaceEmbeddings({ model: "Xenova/all-MiniLM-L6-v2", dtype: "q8", normalize: true, pooling: "cls" });
const sentences = ["This is an example sentence", "Each sentence is converted"];
const output = await extractor.embedDocuments(sentences);
export const vectors: number[][] = output;
export async function embed(text: string): Promise<number[]> {
  const vector = await extractor.embedQuery(text);
  return Array.from(vector);
}
export const [first] = [await extractor.embedQuery(\`one \${sentences.length}\`)];
const other = [await extractor.embedQuery("other")];
console.log(other[0]);
await extractor.dispose();
`,
    findings: ["prompts puts them before the texts"],
  },
  {
    name: "a pipeline of transformers.js 2 with its defaults, required",
    path: "extract-2.cjs",
    before: `exports.embed = async () => {
  const { pipeline } = require("@xenova/transformers");
  const extract = await pipeline("feature-extraction");
  return (await extract(["a", "b"], { pooling: "mean" })).tolist();
};
`,
    after: `exports.embed = async () => {
  const { HuggingFaceEmbeddings } = require("@secondpass/embeddings-hf");
  const extract = new HuggingFaceEmbeddings({ model: "Xenova/all-MiniLM-L6-v2", dtype: "q8", normalize: false });
  return (await extract.embedDocuments(["a", "b"]));
};
`,
    findings: ["modules.json"],
  },
  {
    name: "namespaces, import types and re-exports",
    path: "types.ts",
    before: `import * as faiss from "@langchain/community/vectorstores/faiss";
import Ensemble = require("langchain/retrievers/ensemble");
export { ContextualCompressionRetriever as Retriever, type ContextualCompressionRetrieverArgs } from "langchain/retrievers/contextual_compression";
import { EnsembleRetrieverInput } from "langchain/retrievers/ensemble";

export type Store = faiss.FaissStore | import("@langchain/community/vectorstores/faiss").FaissStore;
export type Made = InstanceType<typeof faiss.FaissStore>;
export type Fused = Ensemble.EnsembleRetriever;
export type { EnsembleRetrieverInput };
`,
    after: `import * as faiss from "@secondpass/vectorstore-faiss";
import Ensemble = require("@secondpass/retrievers-hybrid");
export { ContextualCompressionRetriever as Retriever, type ContextualCompressionRetrieverFields as ContextualCompressionRetrieverArgs } from "@secondpass/retrievers-compression";
import { EnsembleRetrieverFields } from "@secondpass/retrievers-hybrid";

export type Store = faiss.FaissStore | import("@secondpass/vectorstore-faiss").FaissStore;
export type Made = InstanceType<typeof faiss.FaissStore>;
export type Fused = Ensemble.EnsembleRetriever;
export type { EnsembleRetrieverFields as EnsembleRetrieverInput };
`,
    findings: ["metadata.fusion"],
  },
  {
    name: "a component that has the new package already, and another thing of the new name",
    path: "view.tsx",
    before: `import { HuggingFaceTransformersEmbeddings } from "@langchain/community/embeddings/huggingface_transformers";
import { FaissStore } from "@langchain/community/vectorstores/faiss";
import { RecursiveCharacterTextSplitter } from "langchain/text_splitter";
import { MarkdownTextSplitter } from "@secondpass/text-splitters";

class HuggingFaceEmbeddings {}
const embeddings = new HuggingFaceTransformersEmbeddings({ model: "Xenova/e5-small-v2" });
export const made = { FaissStore, HuggingFaceEmbeddings, splitters: [MarkdownTextSplitter] };
export function View(FaissStore: string): unknown {
  return [FaissStore, embeddings, new RecursiveCharacterTextSplitter({ chunkSize: 50 })];
}
`,
    after: `import { HuggingFaceEmbeddings as HuggingFaceTransformersEmbeddings } from "@secondpass/embeddings-hf";
import { FaissStore } from "@secondpass/vectorstore-faiss";
import { MarkdownTextSplitter, RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";

class HuggingFaceEmbeddings {}
const embeddings = new HuggingFaceTransformersEmbeddings({ model: "Xenova/e5-small-v2", normalize: true });
export const made = { FaissStore, HuggingFaceEmbeddings, splitters: [MarkdownTextSplitter] };
export function View(FaissStore: string): unknown {
  return [FaissStore, embeddings, new RecursiveCharacterTextSplitter({ chunkSize: 50 })];
}
`,
    findings: ["modules.json", "code points"],
  },
];
