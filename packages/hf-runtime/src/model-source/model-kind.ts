/** Kinds of model that sentence-transformers saves, as `model_type` names them. */
export type ModelKind = "SentenceTransformer" | "CrossEncoder" | "SparseEncoder" | "MultiVectorEncoder";
