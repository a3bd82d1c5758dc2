export {
  type EmbeddingIdentity,
  type FieldOperators,
  type IdentifiedEmbeddings,
  InvalidFilterError,
  InvalidOptionError,
  type MetadataFilter,
  UnknownOptionError,
} from "@secondpass/core";
export {
  type FlatIndexOption,
  type HnswIndexOption,
  IndexDisposedError,
  IndexFileError,
  type IndexOption,
  type IndexProposal,
  type IvfIndexOption,
  type IvfRaBitQIndexOption,
  type ProposalTarget,
  readIndexFile,
  type SearchTuning,
  stopScanWorkers,
  type Tuning,
  TuningError,
  writeIndexFile,
} from "@secondpass/faiss";
export type { AddOptions } from "./changes/add-options.js";
export type { DeleteParams } from "./changes/delete-params.js";
export type { EmbedOptions } from "./changes/embed-texts.js";
export type { DistanceStrategy } from "./contents/distance-strategy.js";
export type { LongOperationOptions, StoreProgress } from "./contents/store-progress.js";
export type { Vector } from "./contents/vector-pieces.js";
export { DuplicateIdError } from "./errors/duplicate-id-error.js";
export { type EmbeddingMismatch, EmbeddingMismatchError } from "./errors/embedding-mismatch-error.js";
export { ForbiddenGlobalError } from "./errors/forbidden-global-error.js";
export { LengthMismatchError } from "./errors/length-mismatch-error.js";
export { MalformedPickleError } from "./errors/malformed-pickle-error.js";
export { MetadataError } from "./errors/metadata-error.js";
export { PickleBudgetError } from "./errors/pickle-budget-error.js";
export { StoreFileError } from "./errors/store-file-error.js";
export { StoreLockedError } from "./errors/store-locked-error.js";
export { StoreMismatchError } from "./errors/store-mismatch-error.js";
export { UnknownDocumentIdError } from "./errors/unknown-document-id-error.js";
export { VectorDimensionError } from "./errors/vector-dimension-error.js";
export { FaissStore } from "./faiss-store.js";
export type { FaissStoreOptions, FromIndexOptions, MergeOptions } from "./faiss-store-options.js";
export * from "./indexes.js";
export type { LoadOptions, PythonFileOptions } from "./load-options.js";
export type { MismatchOption } from "./mismatch-option.js";
export type { FaissFilter } from "./search/faiss-filter.js";
export { FaissStoreRetriever } from "./search/faiss-store-retriever.js";
export type { MarginalRelevanceOptions } from "./search/marginal-relevance-options.js";
export type { RelevanceScore } from "./search/relevance-score.js";
export type { RetrieverOptions, RetrieverSearch, RetrieverSearchType } from "./search/retriever-options.js";
export type { FilteredSearchOptions, SimilaritySearchOptions } from "./search/similarity-search-options.js";
export type { StoreTuneOptions, VectorTuneOptions } from "./tuning/tune-vectors.js";
