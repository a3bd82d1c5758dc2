import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";

export type PresetName = "mini" | "notebook" | "korean";

/** A preset: the models, and the default question. */
export interface Preset {
  readonly embeddings: string;
  readonly reranker: string;
  readonly query: string;
  /** Longest chunk in characters. @default 500 */
  readonly chunkSize?: number;
  /** Set if the models do not know the text's language: then only words are searched and nothing is reranked, unless other models are given. The remark that such a run prints. */
  readonly lexicalOnlyRemark?: string;
}

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  // Offline: models and corpus are part of the repository.
  mini: {
    embeddings: EMBEDDER_PATH,
    reranker: RERANKER_PATH,
    query: "What can a reranker not do?",
  },
  // The models of LangChain Python's "Cross Encoder Reranker" notebook.
  notebook: {
    embeddings: "sentence-transformers/msmarco-distilbert-dot-v5",
    reranker: "BAAI/bge-reranker-base",
    query: "What is the plan for the economy?",
  },
  // Offline: finding Korean texts by their words needs no model.
  korean: {
    embeddings: EMBEDDER_PATH,
    reranker: RERANKER_PATH,
    query: "나라의 주권은 누구에게 있나요?",
    // About one article of a law: 150 characters of Korean have the content of 300 of English.
    chunkSize: 150,
    lexicalOnlyRemark:
      "The bundled models know English only, so there is no second pass. For one in Korean, add --reranker BAAI/bge-reranker-v2-m3 (2.3 GB from the hub).",
  },
};
