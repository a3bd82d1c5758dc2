import type { Payload } from "./payload.js";
import { ranked } from "./ranked.js";
import { relevance } from "./relevance.js";
import { isObject } from "./values/is-object.js";
import type { JsonObject } from "./values/json-object.js";
import { readFlag } from "./values/read-flag.js";
import { readList } from "./values/read-list.js";
import { readString } from "./values/read-string.js";
import { readTruncate } from "./values/read-truncate.js";
import { unexpected } from "./values/unexpected.js";

/** Cohere's rerank: `{query, documents, top_n}` → `{results: [{index, relevance_score}]}`, best first. */
export const cohere: Payload = {
  name: "cohere",
  example: '{"query": query, "documents": [text, …]}',
  matches: (body) => "query" in body && "documents" in body,
  read(body) {
    const query = readString(body.query, "query");
    const texts = readList(body.documents, "documents").map(readDocument);
    const topN = readTopN(body, texts.length);
    const withText = readFlag(body.return_documents, "return_documents", false);
    return {
      pairs: texts.map((text) => [query, text]),
      truncate: readTruncate(body) ?? true,
      answer: (logits) => ({
        results: ranked(logits)
          .slice(0, topN)
          .map(({ index, logits }) => ({
            index,
            ...(withText && { document: { text: texts[index] } }),
            relevance_score: relevance(logits),
          })),
      }),
    };
  },
};

/** Cohere takes strings and `{"text": …}`. */
function readDocument(document: unknown, index: number): string {
  const where = `documents[${index}]`;
  return isObject(document) ? readString(document.text, `${where}.text`) : readString(document, where);
}

function readTopN({ top_n }: JsonObject, texts: number): number {
  if (top_n === undefined || top_n === null) return texts;
  if (typeof top_n === "number" && Number.isInteger(top_n) && top_n >= 1) return top_n;
  throw unexpected("top_n", "a positive integer", top_n);
}
