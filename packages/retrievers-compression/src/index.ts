export { InvalidOptionError, SecondpassError, UnknownOptionError } from "@secondpass/core";
export {
  ContextualCompressionRetriever,
  type ContextualCompressionRetrieverFields,
} from "./contextual-compression-retriever.js";
export { cosineSimilarity, type SimilarityFunction } from "./cosine-similarity.js";
export {
  CrossEncoderReranker,
  type CrossEncoderRerankerFields,
  type ScoreCalibration,
} from "./cross-encoder-reranker.js";
export {
  DocumentCompressorPipeline,
  type DocumentCompressorPipelineFields,
} from "./document-compressor-pipeline.js";
export type { DocumentCompressor, DocumentStep, DocumentTransformer } from "./document-step.js";
export type { DocumentText } from "./document-text.js";
export { EmbeddingsFilter, type EmbeddingsFilterFields } from "./embeddings-filter.js";
export {
  EmbeddingsRedundantFilter,
  type EmbeddingsRedundantFilterFields,
} from "./embeddings-redundant-filter.js";
export { CompressionError } from "./errors/compression-error.js";
export { HighlightRangeError } from "./errors/highlight-range-error.js";
export { NotDocumentsError } from "./errors/not-documents-error.js";
export { ResultCountError } from "./errors/result-count-error.js";
export { UnknownStepError } from "./errors/unknown-step-error.js";
export { type Highlight, type HighlightOptions, highlight } from "./highlight.js";
export { LongContextReorder } from "./long-context-reorder.js";
export type { PairPredictor, PairRanker, PairScorer, Ranked, RerankingModel } from "./reranking-model.js";
export { type CompressionInput, RunnableDocumentCompressor } from "./runnable-document-compressor.js";
export { SentenceHighlighter, type SentenceHighlighterFields } from "./sentence-highlighter.js";
export type { PassageTokens, TokenScorer } from "./token-scorer.js";
