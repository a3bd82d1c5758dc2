import type { OptionCheck } from "@secondpass/core";
import type { Metric } from "../contract/metric.js";
import type { VectorIndex } from "../contract/vector-index.js";
import type { IndexReader } from "./index-reader.js";

/** A method that not every kind of index has; all kinds search, filter and make copies. */
export type IndexOperation = "train" | "add" | "addWithIds" | "removeIds" | "reconstruct" | "write";

/** What a new index is made for. */
export interface NewIndexOptions {
  readonly dimensions: number;
  readonly metric: Metric;
  /** Vectors that are added first, for defaults that depend on their number. @default 0 */
  readonly expectedVectors?: number;
}

/** How `createIndex` makes an index of a kind. */
export interface IndexFactory<Option extends { readonly kind: string } = { readonly kind: string }> {
  /** The `kind` that names it in an option. */
  readonly kind: Option["kind"];
  /** Names of what else an option may have: positive integers, unless `checks` says otherwise. */
  readonly options: readonly string[];
  readonly checks?: Readonly<Record<string, OptionCheck>>;
  create(option: Option, target: NewIndexOptions): VectorIndex;
}

/**
 * All there is to know about a kind of index. `indexes/kinds.ts` lists the records; reading, writing, creating and messages go
 * by them.
 */
export interface IndexKind<Index extends VectorIndex = VectorIndex> {
  /** faiss's class names: what `kind` of such an index may be. */
  readonly names: readonly string[];
  /** Instances of it that bear one of the names are written by this record. */
  readonly class: abstract new (
    ...args: never[]
  ) => Index;
  /** faiss's four-letter type codes that `read` takes. */
  readonly codes: readonly string[];
  /** What it can do. Kinds that wrap another index can do it where that one can. */
  readonly supports: readonly IndexOperation[];
  /** Reads the body that follows the type code. */
  read(reader: IndexReader, code: string): Promise<Index>;
  /** The whole object, its code included, in pieces; missing in kinds that are only read. */
  write?(
    index: Index,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array>;
  /** Missing in kinds that cannot be created from an option. */
  readonly factory?: IndexFactory;
}
