import { ResponseFormatError } from "../errors/response-format-error.js";
import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { scoresByIndex } from "./response/scores-by-index.js";

/** Options of {@link teiRerank}. */
export interface TeiRerankOptions {
  /** Logits instead of their sigmoid; finer where the sigmoid saturates. @default false, as the server's */
  readonly rawScores?: boolean;
  /** Cut pairs that are too long instead of refusing them. @default true */
  readonly truncate?: boolean;
}

/**
 * `{query, texts, raw_scores, truncate}` → `[{index, score}, …]`, sorted by score: Text Embeddings Inference with a
 * model of one label, whose `/invocations` is `/rerank`. One request carries one query, so pairs are grouped by query.
 *
 * Scale: sigmoid of the logit, 0 … 1; with `rawScores` the logit itself.
 *
 * TEI takes 32 texts and 2 MB a request unless started otherwise (`MAX_CLIENT_BATCH_SIZE`, `PAYLOAD_LIMIT`).
 * `modelKwargs` are added to the payload (`truncation_direction`).
 */
export function teiRerank(options: TeiRerankOptions = {}): CrossEncoderContentHandler {
  const { rawScores = false, truncate = true } = options;
  return jsonContentHandler({
    oneQueryPerRequest: true,
    write: (pairs, modelKwargs) => ({
      raw_scores: rawScores,
      truncate,
      ...modelKwargs,
      query: pairs[0]?.[0],
      texts: pairs.map(([, text]) => text),
    }),
    read(response, pairs) {
      if (!Array.isArray(response)) throw new ResponseFormatError("a list of {index, score}", response);
      return scoresByIndex(response, pairs.length, "score");
    },
  });
}
