import { payloadOf } from "./payload-of.js";
import { ranked } from "./ranked.js";
import { relevance, relevantLogit } from "./relevance.js";
import { flag } from "./values/flag.js";
import { listOf } from "./values/list-of.js";
import { INTEGER, listSchema, NUMBER, objectSchema, STRING } from "./values/object-schema.js";
import { optional } from "./values/optional.js";
import { shape } from "./values/shape.js";
import { text } from "./values/text.js";
import { readTruncation, TRUNCATION } from "./values/truncation.js";

/** Text Embeddings Inference's rerank: `{query, texts, raw_scores, return_text, truncate}` → `[{index, score, text}]`, all of them. */
export const teiRerank = payloadOf({
  name: "tei_rerank",
  example: '{"query": query, "texts": [text, …]}',
  misfit: "backend",
  matches: (body) => "query" in body && "texts" in body,
  shape: shape({
    query: text,
    texts: listOf(text),
    raw_scores: optional(flag, false),
    return_text: optional(flag, false),
    ...TRUNCATION,
  }),
  answerSchema: listSchema(objectSchema({ index: INTEGER, text: STRING, score: NUMBER }, ["text"])),
  read(values) {
    const { query, texts, return_text: withText } = values;
    const score = values.raw_scores ? relevantLogit : relevance;
    return {
      pairs: texts.map((text) => [query, text]),
      ...readTruncation(values),
      answer: (logits) =>
        ranked(logits).map(({ index, logits }) => ({
          index,
          ...(withText && { text: texts[index] }),
          score: score(logits),
        })),
    };
  },
});
