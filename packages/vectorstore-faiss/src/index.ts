export { IndexFileError, readIndexFile, stopScanWorkers } from "@secondpass/faiss";
export type { DistanceStrategy } from "./distance-strategy.js";
export { DuplicateIdError } from "./errors/duplicate-id-error.js";
export { InvalidFilterError } from "./errors/invalid-filter-error.js";
export { LengthMismatchError } from "./errors/length-mismatch-error.js";
export { MalformedPickleError } from "./errors/malformed-pickle-error.js";
export { MetadataError } from "./errors/metadata-error.js";
export { RefusedGlobalError } from "./errors/refused-global-error.js";
export { StoreFileError } from "./errors/store-file-error.js";
export { StoreLockedError } from "./errors/store-locked-error.js";
export { StoreMismatchError } from "./errors/store-mismatch-error.js";
export { UnknownDocumentIdError } from "./errors/unknown-document-id-error.js";
export { VectorDimensionError } from "./errors/vector-dimension-error.js";
export { FaissStore } from "./faiss-store.js";
export type {
  AddOptions,
  DeleteParams,
  FaissStoreOptions,
  FilteredSearchOptions,
  LoadOptions,
  MarginalRelevanceOptions,
  PythonFileOptions,
  SimilaritySearchOptions,
} from "./faiss-store-options.js";
export type { FaissFilter, FieldOperators, MetadataFilter } from "./filter/metadata-filter.js";
export * from "./indexes.js";
export type { RelevanceScore } from "./relevance.js";
export type { EmbedOptions } from "./store/embed-texts.js";
export type { FlatIndexOption, HnswIndexOption, IndexOption, IvfIndexOption } from "./store/index-option.js";
export type { Vector } from "./store/pack-vectors.js";
export type { LongOperationOptions, StoreProgress } from "./store/store-progress.js";
