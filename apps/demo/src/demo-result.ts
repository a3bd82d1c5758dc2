import type { Document } from "@langchain/core/documents";
import type { HybridMode } from "@secondpass/retrievers-hybrid/store";
import type { Timings } from "./timings.js";

/** The result of a run. */
export interface DemoResult {
  readonly query: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Document[];
  /** Whether the index was a saved one. */
  readonly reused: boolean;
  /** How the first pass searched. */
  readonly mode: HybridMode;
  /** First pass, best first, each with its scores in `metadata.fusion`. */
  readonly candidates: readonly Document[];
  /** Whether there was a second pass. */
  readonly reranked: boolean;
  /** Second pass, best first by the orders of both passes, each with the cross-encoder's `metadata.relevanceScore`; without one, the first candidates. */
  readonly best: readonly Document[];
  readonly timings: Timings;
}
