export type { Analyzer } from "./analysis/analyzer.js";
export type { Language } from "./analysis/languages.js";
export type { CjkTerms } from "./analysis/split-words.js";
export { type TextAnalyzerOptions, textAnalyzer } from "./analysis/text-analyzer.js";
export {
  BM25Retriever,
  type BM25RetrieverOptions,
  type BM25SearchOptions,
  type SaveOptions,
} from "./bm25-retriever.js";
export type { DeleteDocumentsParams } from "./documents/delete-documents-params.js";
export type { DocumentFilter } from "./documents/document-filter.js";
export type { AddDocumentsOptions } from "./documents/document-index.js";
export { type ConvexList, EnsembleRetriever, type EnsembleRetrieverFields } from "./ensemble-retriever.js";
export { DuplicateIdError } from "./errors/duplicate-id-error.js";
export { IndexFileError, type IndexFileErrorOptions } from "./errors/index-file-error.js";
export { MetadataError } from "./errors/metadata-error.js";
export { MissingIdError } from "./errors/missing-id-error.js";
export { MissingScoreError } from "./errors/missing-score-error.js";
export { RetrieversFailedError } from "./errors/retrievers-failed-error.js";
export { UnknownDocumentIdError } from "./errors/unknown-document-id-error.js";
export { UnsavableValueError } from "./errors/unsavable-value-error.js";
export type { ListPlace } from "./fusion/ranked-list.js";
