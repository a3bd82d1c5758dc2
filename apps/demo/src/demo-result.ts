import type { Document } from "@langchain/core/documents";
import type { Timings } from "./timings.js";

/** What a run found. */
export interface DemoResult {
  readonly query: string;
  readonly documents: readonly Document[];
  readonly chunks: readonly Document[];
  /** Whether the index was a saved one. */
  readonly reused: boolean;
  /** First pass, nearest first. */
  readonly candidates: readonly Document[];
  /** Second pass, best first, each with `metadata.relevanceScore`. */
  readonly best: readonly Document[];
  readonly timings: Timings;
}
