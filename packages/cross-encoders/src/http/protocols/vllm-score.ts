import { jsonContentHandler } from "../../content-handlers/json-content-handler.js";
import { listAt } from "../../content-handlers/response/list-at.js";
import { scoresByIndex } from "../../content-handlers/response/scores-by-index.js";
import type { HttpProtocol } from "./http-protocol.js";
import type { RawScoresOption } from "./raw-scores-option.js";

/**
 * vLLM and this project's rerank server: `POST /score` with `{model, text_1: [query, …], text_2: [text, …]}` →
 * `{data: [{index, score}, …]}`. A request may have several queries.
 *
 * Scale: as {@link vllm}.
 */
export function vllmScore({ rawScores = false }: RawScoresOption = {}): HttpProtocol {
  const handler = jsonContentHandler({
    write: (pairs, modelKwargs) => ({
      ...(rawScores && { use_activation: false }),
      ...modelKwargs,
      text_1: pairs.map(([query]) => query),
      text_2: pairs.map(([, text]) => text),
    }),
    read: (response, pairs) => scoresByIndex(listAt(response, "data"), pairs.length, "score"),
  });
  return { ...handler, path: "/score" };
}
