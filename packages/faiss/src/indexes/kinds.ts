import type { IndexKind } from "../format/index-kind.js";
import { lshKind } from "./codes/index-lsh.js";
import { pqKind } from "./codes/index-pq.js";
import { scalarQuantizerKind } from "./codes/index-scalar-quantizer.js";
import { ivfPqFastScanKind } from "./fast-scan/index-ivf-pq-fast-scan.js";
import { pqFastScanKind } from "./fast-scan/index-pq-fast-scan.js";
import { type FlatIndexOption, flatKind } from "./flat/index-flat.js";
import { hnswCodesKind } from "./hnsw/index-hnsw-codes.js";
import { type HnswIndexOption, hnswFlatKind } from "./hnsw-flat/hnsw-flat-kind.js";
import { idMapKind } from "./index-id-map.js";
import { refineFlatKind } from "./index-refine-flat.js";
import { type IvfIndexOption, ivfFlatKind } from "./ivf/index-ivf-flat.js";
import { ivfFlatDedupKind } from "./ivf/index-ivf-flat-dedup.js";
import { ivfPqKind } from "./ivf/index-ivf-pq.js";
import { ivfScalarQuantizerKind } from "./ivf/index-ivf-scalar-quantizer.js";
import { flatPanoramaKind } from "./panorama/index-flat-panorama.js";
import { ivfFlatPanoramaKind } from "./panorama/index-ivf-flat-panorama.js";
import { preTransformKind } from "./pre-transform/index-pre-transform.js";
import { ivfRaBitQKind } from "./rabitq/index-ivf-rabitq.js";
import { raBitQKind } from "./rabitq/index-rabitq.js";
import type { IvfRaBitQIndexOption } from "./rotated-ivf-rabitq.js";

export { IndexLSH } from "./codes/index-lsh.js";
export { IndexPQ } from "./codes/index-pq.js";
export { IndexScalarQuantizer } from "./codes/index-scalar-quantizer.js";
export { IndexIVFPQFastScan } from "./fast-scan/index-ivf-pq-fast-scan.js";
export { IndexPQFastScan } from "./fast-scan/index-pq-fast-scan.js";
export { type FlatIndexOption, IndexFlat, IndexFlatIP, IndexFlatL2 } from "./flat/index-flat.js";
export { IndexHNSWCodes } from "./hnsw/index-hnsw-codes.js";
export type { HnswIndexOption } from "./hnsw-flat/hnsw-flat-kind.js";
export { type HnswOptions, IndexHNSWFlat } from "./hnsw-flat/index-hnsw-flat.js";
export { IndexIDMap, IndexIDMap2 } from "./index-id-map.js";
export { IndexRefineFlat } from "./index-refine-flat.js";
export type { IvfOptions } from "./ivf/fresh-ivf-state.js";
export { IndexIVFFlat, type IvfIndexOption } from "./ivf/index-ivf-flat.js";
export { IndexIVFFlatDedup } from "./ivf/index-ivf-flat-dedup.js";
export { IndexIVFPQ } from "./ivf/index-ivf-pq.js";
export { IndexIVFScalarQuantizer } from "./ivf/index-ivf-scalar-quantizer.js";
export type { KMeansOptions } from "./ivf/train-centroids.js";
export { IndexFlatPanorama } from "./panorama/index-flat-panorama.js";
export { IndexIVFFlatPanorama } from "./panorama/index-ivf-flat-panorama.js";
export { IndexPreTransform } from "./pre-transform/index-pre-transform.js";
export { IndexIVFRaBitQ, type IvfRaBitQOptions } from "./rabitq/index-ivf-rabitq.js";
export { IndexRaBitQ } from "./rabitq/index-rabitq.js";

export type { IvfRaBitQIndexOption } from "./rotated-ivf-rabitq.js";

/** An index to make by `createIndex`: its kind and options. */
export type IndexOption = FlatIndexOption | HnswIndexOption | IvfIndexOption | IvfRaBitQIndexOption;

/** All kinds of index. To add one, add its record here. Messages name them in this order; the wrapper of all others is last. */
export const KINDS: readonly IndexKind[] = [
  flatPanoramaKind,
  flatKind,
  idMapKind,
  hnswFlatKind,
  hnswCodesKind,
  ivfFlatKind,
  scalarQuantizerKind,
  pqKind,
  ivfPqKind,
  ivfScalarQuantizerKind,
  ivfFlatDedupKind,
  ivfFlatPanoramaKind,
  lshKind,
  pqFastScanKind,
  ivfPqFastScanKind,
  raBitQKind,
  ivfRaBitQKind,
  refineFlatKind,
  preTransformKind,
];
