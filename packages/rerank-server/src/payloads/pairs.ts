import type { Payload } from "./payload.js";
import { payloadOf } from "./payload-of.js";
import { relevantLogit } from "./relevance.js";
import { listOf } from "./values/list-of.js";
import { listSchema, NUMBER, objectSchema } from "./values/object-schema.js";
import { shape } from "./values/shape.js";
import { textPair } from "./values/text-pair.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";

const pairList = listOf(textPair);

/** `{"pairs": [[query, text], …]}` → `{"scores": [logit, …]}`, and the same under LangChain Python's `text_pairs`. */
export const pairs: Payload = pairsUnder("pairs");
export const textPairs: Payload = pairsUnder("text_pairs");

function pairsUnder(key: "pairs" | "text_pairs"): Payload {
  return payloadOf({
    name: key,
    example: `{"${key}": [[query, text], …]}`,
    matches: (body) => key in body,
    shape: shape({ [key]: pairList, ...TRUNCATION }),
    answerSchema: objectSchema({ scores: listSchema(NUMBER) }),
    read(values) {
      return {
        pairs: (values as unknown as Readonly<Record<typeof key, ReturnType<typeof pairList.read>>>)[key],
        ...readTruncation(values, true),
        answer: (logits) => ({ scores: logits.map(relevantLogit) }),
      };
    },
  });
}
