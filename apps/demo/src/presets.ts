import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";

export type PresetName = "mini" | "notebook" | "korean";

/** Models, and the question of a run that gives none. */
export interface Preset {
  readonly embeddings: string;
  readonly reranker: string;
  readonly query: string;
  /** Longest chunk in characters. @default 500 */
  readonly chunkSize?: number;
  /** Set if the models do not know the text's language: words alone find, and nothing reads, unless other models are given. What a run without a reranker says. */
  readonly wordsAlone?: string;
}

export const PRESETS: Readonly<Record<PresetName, Preset>> = {
  // Offline: models and corpus are part of the repository.
  mini: {
    embeddings: EMBEDDER_PATH,
    reranker: RERANKER_PATH,
    query: "What can a reranker not do?",
  },
  // What LangChain Python's "Cross Encoder Reranker" notebook uses.
  notebook: {
    embeddings: "sentence-transformers/msmarco-distilbert-dot-v5",
    reranker: "BAAI/bge-reranker-base",
    query: "What is the plan for the economy?",
  },
  // Offline: Korean needs no model to be found by its words.
  korean: {
    embeddings: EMBEDDER_PATH,
    reranker: RERANKER_PATH,
    query: "나라의 주권은 누구에게 있나요?",
    // About one article of a law: Korean says in 150 characters what English says in 300.
    chunkSize: 150,
    wordsAlone:
      "The bundled models know English only, so there is no second pass. For one in Korean, add --reranker BAAI/bge-reranker-v2-m3 (2.3 GB from the hub).",
  },
};
