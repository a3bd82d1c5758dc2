import { ResponseFormatError } from "../errors/response-format-error.js";
import type { CrossEncoderContentHandler } from "./cross-encoder-content-handler.js";
import { jsonContentHandler } from "./json-content-handler.js";
import { scoresByIndex } from "./response/scores-by-index.js";

/** Options of {@link teiRerank}. */
export interface TeiRerankOptions {
  /** Whether to return logits instead of their sigmoid; they are finer if the sigmoid saturates. @default false, as the server's default */
  readonly rawScores?: boolean;
  /** Whether to cut pairs that are too long; otherwise the server rejects them. @default true */
  readonly truncate?: boolean;
}

/**
 * Content handler of Text Embeddings Inference with a model of one label, whose `/invocations` is `/rerank`:
 * `{query, texts, raw_scores, truncate}` → `[{index, score}, …]`, sorted by score. A request has one query, so pairs are grouped by query.
 *
 * Scale: sigmoid of the logit, 0 … 1; with `rawScores` the logit itself.
 *
 * By default, TEI accepts 32 texts and 2 MB per request (`MAX_CLIENT_BATCH_SIZE`, `PAYLOAD_LIMIT`).
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
