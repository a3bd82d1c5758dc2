import type { DoubleArrayTrie } from "./double-array-trie.js";

/** The vocabulary of a Unigram model in flat arrays, which can be written to disk as they are. */
export interface UnigramTables {
  /** Piece as UTF-8 → id. */
  readonly trie: DoubleArrayTrie;
  /** [pieces] log probabilities. */
  readonly scores: Float64Array;
  readonly unknownId: number;
  /** Write unknown characters as "<0x..>" pieces, if the vocabulary has them. */
  readonly byteFallback: boolean;
}
