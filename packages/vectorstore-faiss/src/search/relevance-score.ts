import { UnsupportedOperationError } from "@secondpass/faiss";
import type { DistanceStrategy } from "../contents/distance-strategy.js";

/** Turns a raw score of the store into a relevance from 0 (unrelated) to 1 (the same). */
export type RelevanceScore = (score: number) => number;

const SQRT_2 = Math.SQRT2;

/**
 * The relevance functions of LangChain Python, clamped to 0 to 1. They expect vectors of length 1; for others,
 * pass your own `relevanceScore` to the store.
 * - `l2`: `1 - d/√2` with d the squared distance, as Python computes it; 0 from d = √2 (cosine 0.29) on;
 * - `ip`: the inner product. (Python gives `1 - ip`, which ranks the best last.)
 * - `cosine`: the cosine similarity; 0 for opposite directions;
 * - Python has none for the other strategies: their function throws UnsupportedOperationError.
 */
export function relevanceFor(strategy: DistanceStrategy): RelevanceScore {
  if (strategy === "l2") return (score) => clamp(1 - score / SQRT_2);
  if (strategy === "ip" || strategy === "cosine") return clamp;
  return () => {
    throw new UnsupportedOperationError(
      `A store with the strategy "${strategy}"`,
      "relevance scores",
      "Pass `relevanceScore`, which turns its raw scores into relevances from 0 to 1, to the store.",
    );
  };
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
