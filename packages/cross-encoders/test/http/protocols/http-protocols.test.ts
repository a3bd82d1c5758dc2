import { describe, expect, it } from "@jest/globals";
import type { HttpCrossEncoderOptions, HttpProtocolName } from "../../../src/http/index.js";
import { ANSWERS } from "../answers.js";
import { type RerankStandIn, scoreOf, startRerankStandIn } from "../rerank-stand-in.js";

const PAIRS = [
  ["query", "first"],
  ["query", "the second"],
] as const;
const documents = ["first", "the second"];
const common = { model: "m", query: "query" };

/** Requests to the server: [options, body]. */
const REQUESTS: Record<HttpProtocolName, [Partial<HttpCrossEncoderOptions>, object][]> = {
  cohere: [[{}, { ...common, documents, top_n: 2 }]],
  "cohere-v1": [[{}, { ...common, documents, top_n: 2 }]],
  jina: [[{}, { ...common, documents, top_n: 2, return_documents: false }]],
  voyage: [
    [{}, { ...common, documents, top_k: 2, truncation: true }],
    [{ modelKwargs: { truncation: false } }, { ...common, documents, top_k: 2, truncation: false }],
  ],
  mixedbread: [[{}, { ...common, input: documents, top_k: 2, return_input: false }]],
  tei: [
    [{}, { ...common, texts: documents, raw_scores: false, truncate: true }],
    [{ rawScores: true }, { ...common, texts: documents, raw_scores: true, truncate: true }],
  ],
  "tei-predict": [[{ rawScores: true }, { model: "m", inputs: PAIRS, raw_scores: true, truncate: true }]],
  vllm: [
    [{}, { ...common, documents, top_n: 2 }],
    [{ rawScores: true }, { ...common, documents, top_n: 2, use_activation: false }],
  ],
  "vllm-score": [
    [{}, { model: "m", text_1: ["query", "query"], text_2: documents }],
    [
      { rawScores: true },
      { model: "m", text_1: ["query", "query"], text_2: documents, use_activation: false },
    ],
  ],
  infinity: [
    [{}, { ...common, documents, top_n: 2, return_documents: false, raw_scores: false }],
    [{ rawScores: true }, { ...common, documents, top_n: 2, return_documents: false, raw_scores: true }],
  ],
};

const cases = Object.entries(REQUESTS).flatMap(([name, requests]) =>
  requests.map(([options, body]) => [name as HttpProtocolName, options, body] as const),
);

/** Scores {@link PAIRS}. @returns the scores, and the one request */
async function scoreThem(standIn: RerankStandIn, options: Partial<HttpCrossEncoderOptions>) {
  const scores = await standIn.crossEncoder({ model: "m", ...options }).score(PAIRS);
  expect(standIn.requests).toHaveLength(1);
  return { scores, request: standIn.requests[0]! };
}

describe("httpProtocols", () => {
  it.each(cases)("%s with %j sends %j", async (name, options, body) => {
    await using standIn = await startRerankStandIn(name);
    const { scores, request } = await scoreThem(standIn, { apiKey: "a-key", ...options });
    expect(scores).toEqual(PAIRS.map(([query, text]) => scoreOf(query, text)));
    expect(request).toMatchObject({ method: "POST", path: ANSWERS[name].path, body });
    expect(Object.keys(request.body).sort()).toEqual(Object.keys(body).sort());
    expect(request.headers).toMatchObject({
      "content-type": "application/json",
      accept: "application/json",
      authorization: "Bearer a-key",
    });
  });

  it("puts pairs of several queries into one request if the protocol can", async () => {
    await using standIn = await startRerankStandIn("vllm-score");
    const pairs = [
      ["a", "one"],
      ["bb", "two"],
      ["a", "three"],
    ] as const;
    expect(await standIn.crossEncoder().score(pairs)).toEqual(
      pairs.map(([query, text]) => scoreOf(query, text)),
    );
    expect(standIn.requests.map(({ body }) => body.text_1)).toEqual([["a", "bb", "a"]]);
  });
});
