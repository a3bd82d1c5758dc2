import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";

export type PresetName = "mini" | "notebook";

/** Models, and the question of a run that gives none. */
export interface Preset {
  readonly embeddings: string;
  readonly reranker: string;
  readonly query: string;
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
};
