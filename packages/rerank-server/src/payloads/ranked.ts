import { orderByScore } from "@secondpass/core";
import { relevantLogit } from "./relevance.js";

/** A text's index in the request, and its logits. */
export interface Ranked {
  readonly index: number;
  readonly logits: Float32Array;
}

/** [texts][labels] logits → the texts, best first, equal ones in the request's order. Sorts by logits, because sigmoids saturate. */
export function ranked(logits: readonly Float32Array[]): Ranked[] {
  return orderByScore(logits.map(relevantLogit)).map((index) => ({
    index,
    logits: logits[index] as Float32Array,
  }));
}
