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
export type { ByteSource } from "./format/byte-source.js";
export { FaissFormatError } from "./format/faiss-format-error.js";
export { readIndex } from "./format/read-index.js";
export { readIndexFile } from "./format/read-index-file.js";
export { UnsupportedIndexError } from "./format/unsupported-index-error.js";
export { indexToBytes, writeIndex } from "./format/write-index.js";
export { DimensionMismatchError } from "./index/dimension-mismatch-error.js";
export { FaissError } from "./index/faiss-error.js";
export type { IdFilter } from "./index/id-filter.js";
export { IndexPQ, IndexScalarQuantizer } from "./index/index-codes.js";
export { IndexFlat, IndexFlatIP, IndexFlatL2 } from "./index/index-flat.js";
export { type HnswOptions, IndexHNSWFlat } from "./index/index-hnsw-flat.js";
export { IndexIDMap, IndexIDMap2 } from "./index/index-id-map.js";
export { IndexIVFPQ, IndexIVFScalarQuantizer } from "./index/index-ivf-codes.js";
export { IndexIVFFlat, type IvfOptions } from "./index/index-ivf-flat.js";
export { IndexPreTransform } from "./index/index-pre-transform.js";
export { IndexRefineFlat } from "./index/index-refine-flat.js";
export { InvalidArgumentError } from "./index/invalid-argument-error.js";
export { InvalidVectorError } from "./index/invalid-vector-error.js";
export type { Metric } from "./index/metric.js";
export type { SearchResult } from "./index/search-result.js";
export type { KMeansOptions } from "./index/train-centroids.js";
export { UnknownIdError } from "./index/unknown-id-error.js";
export { UnsupportedOperationError } from "./index/unsupported-operation-error.js";
export type { SearchOptions, VectorIndex, WorkOptions } from "./index/vector-index.js";
export { MemoryLimitError } from "./kernels/memory-limit-error.js";
export { normalizeVectors } from "./kernels/normalize-vectors.js";
export { ScanWorkerError } from "./kernels/scan-worker-error.js";
export { stopScanWorkers } from "./kernels/scan-workers.js";
export type { RelevanceScore } from "./relevance.js";
export type { EmbedOptions } from "./store/embed-texts.js";
export type { FlatIndexOption, HnswIndexOption, IndexOption, IvfIndexOption } from "./store/index-option.js";
export type { Vector } from "./store/pack-vectors.js";
export type { LongOperationOptions, StoreProgress } from "./store/store-progress.js";
