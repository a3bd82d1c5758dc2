import type { OptionCheck } from "@secondpass/core";
import type { Metric } from "../contract/metric.js";
import type { VectorIndex } from "../contract/vector-index.js";
import type { IndexReader } from "./index-reader.js";

/** A method that not every kind of index has; all kinds search, filter and make copies. */
export type IndexOperation = "train" | "add" | "addWithIds" | "removeIds" | "reconstruct" | "write";

/** The target of a new index. */
export interface NewIndexOptions {
  readonly dimensions: number;
  readonly metric: Metric;
  /** Number of vectors that are added first, for defaults that depend on it. @default 0 */
  readonly expectedVectors?: number;
}

/** Makes an index of a kind for `createIndex`. */
export interface IndexFactory<Option extends { readonly kind: string } = { readonly kind: string }> {
  /** The `kind` in an option. */
  readonly kind: Option["kind"];
  /** Names of the other options: positive integers, unless `checks` says otherwise. */
  readonly options: readonly string[];
  readonly checks?: Readonly<Record<string, OptionCheck>>;
  create(option: Option, target: NewIndexOptions): VectorIndex;
}

/**
 * The record of a kind of index. `indexes/kinds.ts` lists all records; reading, writing, creating and messages use
 * them.
 */
export interface IndexKind<Index extends VectorIndex = VectorIndex> {
  /** faiss's class names: the possible values of an index's `kind`. */
  readonly names: readonly string[];
  /** Instances of this class with one of the names are written by this record. */
  readonly class: abstract new (
    ...args: never[]
  ) => Index;
  /** faiss's four-letter type codes that `read` accepts. */
  readonly codes: readonly string[];
  /** The supported operations. Kinds that wrap another index support them if that index does. */
  readonly supports: readonly IndexOperation[];
  /** Reads the body that follows the type code. */
  read(reader: IndexReader, code: string): Promise<Index>;
  /** Writes the whole object with its code, in pieces; missing in kinds that are only read. */
  write?(
    index: Index,
    writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
  ): AsyncGenerator<Uint8Array>;
  /** Missing in kinds that cannot be created from an option. */
  readonly factory?: IndexFactory;
}
