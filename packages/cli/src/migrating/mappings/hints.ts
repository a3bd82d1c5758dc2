const SPLITTERS = ["@langchain/textsplitters", "langchain/text_splitter", "@langchain/classic/text_splitter"];
const TOKENS =
  "TokenTextSplitter takes a tokenizer here, not the name of an encoding: `new TokenTextSplitter({ tokenizer })` of @secondpass/text-splitters";
const INFERENCE =
  "HuggingFaceInferenceEmbeddings asks Hugging Face's service. HuggingFaceEmbeddings of @secondpass/embeddings-hf computes on this machine, with a `model` to be chosen";
const PIPELINES =
  "pipelines of transformers.js are not rewritten: HuggingFaceEmbeddings and HuggingFaceCrossEncoder take the same models (guide, chapter 19)";

/** Exports that do not move, by module, with what to do; "*" is for all of a module. */
export const HINTS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map<
  string,
  Record<string, string>
>([
  ...SPLITTERS.map((module): [string, Record<string, string>] => [module, { TokenTextSplitter: TOKENS }]),
  [
    "@langchain/community/vectorstores/faiss",
    { FaissLibArgs: "FaissLibArgs is not here: FaissStoreOptions are the options of a store" },
  ],
  [
    "@langchain/community/retrievers/bm25",
    { BM25RetrieverOptions: "BM25RetrieverOptions has no `docs` here" },
  ],
  ["@langchain/community/embeddings/hf", { HuggingFaceInferenceEmbeddings: INFERENCE }],
  ["@huggingface/transformers", { "*": PIPELINES }],
  ["@xenova/transformers", { "*": PIPELINES }],
  [
    "faiss-node",
    {
      "*": "indexes of faiss-node are not rewritten: @secondpass/faiss has IndexFlatL2 and others, asynchronous, and reads the same files",
    },
  ],
  [
    "cohere-ai",
    {
      "*": "Cohere's client is not rewritten: it can ask `secondpass serve` instead, which speaks its rerank protocol (guide, chapter 19)",
    },
  ],
]);
