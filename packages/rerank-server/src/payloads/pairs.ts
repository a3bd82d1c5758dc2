import type { Payload } from "./payload.js";
import { relevantLogit } from "./relevance.js";
import { readPairs } from "./values/read-pairs.js";
import { readTruncate } from "./values/read-truncate.js";

/** `{"pairs": [[query, text], …]}` → `{"scores": [logit, …]}`, and the same under LangChain Python's `text_pairs`. */
export const pairs: Payload = pairsUnder("pairs");
export const textPairs: Payload = pairsUnder("text_pairs");

function pairsUnder(key: string): Payload {
  return {
    name: key,
    example: `{"${key}": [[query, text], …]}`,
    matches: (body) => key in body,
    read: (body) => ({
      pairs: readPairs(body[key], key),
      truncate: readTruncate(body) ?? true,
      answer: (logits) => ({ scores: logits.map(relevantLogit) }),
    }),
  };
}
