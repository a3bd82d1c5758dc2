/** An exact index: every vector is compared. The default, and right up to a million vectors or so. */
export interface FlatIndexOption {
  readonly kind: "flat";
}

/** A navigable graph: faster searches, approximate, slower to build, more memory. */
export interface HnswIndexOption {
  readonly kind: "hnsw";
  /** Neighbours of a node. Minimum 2. @default 32 */
  readonly m?: number;
  /** Candidates while building; higher is better and slower. @default 200 */
  readonly efConstruction?: number;
  /** Candidates while searching, at least k; higher is better and slower. @default 64 */
  readonly efSearch?: number;
}

/** Vectors in lists around centroids, of which a search visits some. Trained by the first vectors that are added. */
export interface IvfIndexOption {
  readonly kind: "ivf";
  /** Lists. @default the square root of the number of vectors first added, times four, at most a 39th of them */
  readonly nlist?: number;
  /** Lists that a search visits. @default an eighth of the lists */
  readonly nprobe?: number;
}

export type IndexOption = FlatIndexOption | HnswIndexOption | IvfIndexOption;
