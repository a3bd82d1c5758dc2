/**
 * FAISS's indexes and files alone, as `@secondpass/vectorstore-faiss/indexes`: nothing here needs Node or LangChain, so that it
 * works in browsers as it is. `readIndex` takes bytes there.
 */
export type { ByteSource } from "./format/byte-source.js";
export { FaissFormatError } from "./format/faiss-format-error.js";
export { readIndex } from "./format/read-index.js";
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
