import type { IndexKind } from "../format/index-kind.js";
import { pqKind } from "./codes/index-pq.js";
import { scalarQuantizerKind } from "./codes/index-scalar-quantizer.js";
import { type FlatIndexOption, flatKind } from "./flat/index-flat.js";
import { type HnswIndexOption, hnswFlatKind } from "./hnsw-flat/hnsw-flat-kind.js";
import { idMapKind } from "./index-id-map.js";
import { refineFlatKind } from "./index-refine-flat.js";
import { type IvfIndexOption, ivfFlatKind } from "./ivf/index-ivf-flat.js";
import { ivfPqKind } from "./ivf/index-ivf-pq.js";
import { ivfScalarQuantizerKind } from "./ivf/index-ivf-scalar-quantizer.js";
import { preTransformKind } from "./pre-transform/index-pre-transform.js";

export { IndexPQ } from "./codes/index-pq.js";
export { IndexScalarQuantizer } from "./codes/index-scalar-quantizer.js";
export { type FlatIndexOption, IndexFlat, IndexFlatIP, IndexFlatL2 } from "./flat/index-flat.js";
export type { HnswIndexOption } from "./hnsw-flat/hnsw-flat-kind.js";
export { type HnswOptions, IndexHNSWFlat } from "./hnsw-flat/index-hnsw-flat.js";
export { IndexIDMap, IndexIDMap2 } from "./index-id-map.js";
export { IndexRefineFlat } from "./index-refine-flat.js";
export { IndexIVFFlat, type IvfIndexOption, type IvfOptions } from "./ivf/index-ivf-flat.js";
export { IndexIVFPQ } from "./ivf/index-ivf-pq.js";
export { IndexIVFScalarQuantizer } from "./ivf/index-ivf-scalar-quantizer.js";
export type { KMeansOptions } from "./ivf/train-centroids.js";
export { IndexPreTransform } from "./pre-transform/index-pre-transform.js";

/** How `createIndex` makes an index: its kind, and what there is to choose about it. */
export type IndexOption = FlatIndexOption | HnswIndexOption | IvfIndexOption;

/** Every kind of index. To add one, add its record here; messages name them in this order, the wrapper of all others last. */
export const KINDS: readonly IndexKind[] = [
  flatKind,
  idMapKind,
  hnswFlatKind,
  ivfFlatKind,
  scalarQuantizerKind,
  pqKind,
  ivfPqKind,
  ivfScalarQuantizerKind,
  refineFlatKind,
  preTransformKind,
];
