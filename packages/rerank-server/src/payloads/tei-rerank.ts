import type { Payload } from "./payload.js";
import { ranked } from "./ranked.js";
import { relevance, relevantLogit } from "./relevance.js";
import { readFlag } from "./values/read-flag.js";
import { readString, readStrings } from "./values/read-string.js";
import { readTruncate } from "./values/read-truncate.js";

/** Text Embeddings Inference's rerank: `{query, texts, raw_scores, return_text, truncate}` → `[{index, score, text}]`. */
export const teiRerank: Payload = {
  name: "tei_rerank",
  example: '{"query": query, "texts": [text, …]}',
  matches: (body) => "query" in body && "texts" in body,
  read(body) {
    const query = readString(body.query, "query");
    const texts = readStrings(body.texts, "texts");
    const score = readFlag(body.raw_scores, "raw_scores", false) ? relevantLogit : relevance;
    const withText = readFlag(body.return_text, "return_text", false);
    return {
      pairs: texts.map((text) => [query, text]),
      truncate: readTruncate(body),
      answer: (logits) =>
        ranked(logits).map(({ index, logits }) => ({
          index,
          ...(withText && { text: texts[index] }),
          score: score(logits),
        })),
    };
  },
};
