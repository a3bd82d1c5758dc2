import type { Hint } from "../contract/hint.js";
import { cohereClient } from "./cohere-client.js";
import { classifiers } from "./transformers-js/classifiers.js";

const SPLITTERS = ["@langchain/textsplitters", "langchain/text_splitter", "@langchain/classic/text_splitter"];
const TOKENS =
  "TokenTextSplitterParams does not exist here: TokenTextSplitterOptions have a `tokenizer`, not the name of an encoding";
const INFERENCE =
  "HuggingFaceInferenceEmbeddings calls Hugging Face's service. HuggingFaceEmbeddings of @secondpass/embeddings-hf computes on this machine; choose its `model`";
const PIPELINES =
  "of transformers.js, only pipelines for feature extraction are rewritten: HuggingFaceEmbeddings and HuggingFaceCrossEncoder take the same models (guide, chapter 19)";
const TRANSFORMERS = { AutoModelForSequenceClassification: classifiers, "*": PIPELINES };

const COHERE =
  "Cohere's client is not rewritten: it can call `secondpass serve` instead, which implements its rerank protocol (guide, chapter 19)";

/** Advice on exports that do not move, by module; "*" is for all other exports of a module. */
export const HINTS: ReadonlyMap<string, Readonly<Record<string, Hint>>> = new Map<
  string,
  Record<string, Hint>
>([
  ...SPLITTERS.map((module): [string, Record<string, Hint>] => [module, { TokenTextSplitterParams: TOKENS }]),
  [
    "@langchain/community/vectorstores/faiss",
    { FaissLibArgs: "FaissLibArgs does not exist here: FaissStoreOptions are the options of a store" },
  ],
  [
    "@langchain/community/retrievers/bm25",
    { BM25RetrieverOptions: "BM25RetrieverOptions has no `docs` here" },
  ],
  ["@langchain/community/embeddings/hf", { HuggingFaceInferenceEmbeddings: INFERENCE }],
  ["@huggingface/transformers", TRANSFORMERS],
  ["@xenova/transformers", TRANSFORMERS],
  [
    "faiss-node",
    {
      "*": "indexes of faiss-node are not rewritten: @secondpass/faiss has IndexFlatL2 and others, asynchronous, and reads the same files",
    },
  ],
  ["cohere-ai", { CohereClient: cohereClient, CohereClientV2: cohereClient, "*": COHERE }],
]);
