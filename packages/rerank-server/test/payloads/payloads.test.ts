import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { post, toyLogit, toyReranker } from "@secondpass/test-kit";
import type { RerankServer } from "../../src/index.js";
import { sigmoid, softmax } from "../../src/payloads/relevance.js";
import { expectedError } from "../expected-error.js";
import { startServer } from "../start-server.js";

const QUERY = "how tall is it";
const SHORT = "short";
const LONG = "a longer passage about it";
const PAIRS = [
  [QUERY, SHORT],
  [QUERY, LONG],
];
/** float32 logits come back as the nearest doubles. */
const logit = (text: string) => Math.fround(toyLogit(text));

describe("payloads at /invocations, model of one label", () => {
  let server: RerankServer;
  beforeAll(async () => {
    server = await startServer(toyReranker());
  });
  afterAll(() => server.close());

  it.each(["pairs", "text_pairs"])("answers %s with raw logits in the request's order", async (key) => {
    expect(await post(server, { [key]: PAIRS })).toEqual({
      status: 200,
      body: { scores: [logit(SHORT), logit(LONG)] },
    });
  });

  it("answers TEI's rerank sorted, with sigmoids, as TEI does", async () => {
    expect((await post(server, { query: QUERY, texts: [SHORT, LONG] })).body).toEqual([
      { index: 1, score: sigmoid(logit(LONG)) },
      { index: 0, score: sigmoid(logit(SHORT)) },
    ]);
  });

  it("answers TEI's rerank with logits and texts on request", async () => {
    const body = { query: QUERY, texts: [SHORT, LONG], raw_scores: true, return_text: true };
    expect((await post(server, body, { path: "/rerank" })).body).toEqual([
      { index: 1, text: LONG, score: logit(LONG) },
      { index: 0, text: SHORT, score: logit(SHORT) },
    ]);
  });

  it("keeps the request's order of texts whose sigmoids are equal but whose logits are not", async () => {
    const texts = ["y".repeat(5000), "x".repeat(9000)];
    expect((await post(server, { query: QUERY, texts })).body).toEqual([
      { index: 1, score: 1 },
      { index: 0, score: 1 },
    ]);
  });

  it("answers TEI's predict with one sigmoid a pair, and a single pair with a single list", async () => {
    const label = (text: string) => ({ label: "LABEL_0", score: sigmoid(logit(text)) });
    expect((await post(server, { inputs: PAIRS })).body).toEqual([[label(SHORT)], [label(LONG)]]);
    expect((await post(server, { inputs: PAIRS[0] })).body).toEqual([label(SHORT)]);
  });

  it("answers Cohere's rerank with the top_n best", async () => {
    const body = { query: QUERY, documents: [SHORT, { text: LONG }], top_n: 1, return_documents: true };
    expect((await post(server, body)).body).toEqual({
      id: expect.any(String),
      model: "toy",
      results: [{ index: 1, document: { text: LONG }, relevance_score: sigmoid(logit(LONG)) }],
      meta: {
        api_version: { version: "2" },
        billed_units: { search_units: 1 },
        tokens: { input_tokens: 20, output_tokens: 0 },
      },
      usage: { prompt_tokens: 20, total_tokens: 20 },
    });
  });

  it("answers the Hugging Face toolkit's classification with and without top_k", async () => {
    const inputs = PAIRS.map(([text, text_pair]) => ({ text, text_pair }));
    const raw = { function_to_apply: "none", truncation: true, top_k: null };
    expect((await post(server, { inputs, parameters: raw })).body).toEqual([
      [{ label: "LABEL_0", score: logit(SHORT) }],
      [{ label: "LABEL_0", score: logit(LONG) }],
    ]);
    expect((await post(server, { inputs: inputs[0] })).body).toEqual([
      { label: "LABEL_0", score: sigmoid(logit(SHORT)) },
    ]);
  });

  it.each([
    [{ pairs: [] }, { scores: [] }],
    [{ query: QUERY, texts: [] }, []],
    [{ query: QUERY, documents: [] }, expect.objectContaining({ results: [] })],
    [{ inputs: [] }, []],
  ])("answers %j with an empty answer, without calling the model", async (body, answer) => {
    expect(await post(server, body)).toEqual({ status: 200, body: answer });
  });

  it.each([
    [{ pairs: [["only one"]] }, "Expected `pairs[0]` to be [query, text], got a list of 1."],
    [{ pairs: [["q", 7]] }, "Expected `pairs[0][1]` to be a string, got number."],
    [{ pairs: "q" }, "Expected `pairs` to be a list, got string."],
    [{ query: "q", texts: [null] }, "Expected `texts[0]` to be a string, got null."],
    [{ query: "q", texts: [], raw_scores: "yes" }, "Expected `raw_scores` to be a boolean, got string."],
    [{ query: "q", documents: ["a"], top_n: 0 }, "Expected `top_n` to be a positive integer, got number."],
    [
      { query: "q", texts: [], truncation_direction: [{ toString: 1 }] },
      'Expected `truncation_direction` to be "Left" or "Right", got a list of 1.',
    ],
    [{ inputs: [{ text: "q" }] }, "Expected `inputs[0].text_pair` to be a string, got undefined."],
    [
      { inputs: [{ text: "q", text_pair: "t" }], parameters: { function_to_apply: "tanh" } },
      'Expected `parameters.function_to_apply` to be "none", "sigmoid" or "softmax", got string.',
    ],
  ])("rejects %j with 422 and names the place", async (body, error) => {
    expect(await post(server, body)).toEqual({ status: 422, body: expectedError(error, "validation") });
  });

  it.each([{}, [], 7, { inputs: "text" }])(
    "rejects %j, of no known kind, and lists the kinds",
    async (body) => {
      const answer = await post(server, body);
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ error: expect.stringContaining('{"pairs": [[query, text], …]}') });
    },
  );

  it("accepts only TEI's payload at /rerank", async () => {
    expect((await post(server, { pairs: PAIRS }, { path: "/rerank" })).status).toBe(422);
  });
});

describe("payloads at /invocations, model of two labels", () => {
  let server: RerankServer;
  beforeAll(async () => {
    server = await startServer(toyReranker(2));
  });
  afterAll(() => server.close());

  it("answers pairs with one number each, the logit at index 1", async () => {
    expect((await post(server, { pairs: PAIRS })).body).toEqual({ scores: [logit(SHORT), logit(LONG)] });
  });

  it("answers TEI's predict with the softmax of all labels, best first", async () => {
    const [zero, one] = softmax(Float32Array.of(0, toyLogit(LONG)));
    expect((await post(server, { inputs: [[QUERY, LONG]] })).body).toEqual([
      [
        { label: "LABEL_1", score: one },
        { label: "LABEL_0", score: zero },
      ],
    ]);
  });

  it("ranks by the softmax at index 1", async () => {
    const [, one] = softmax(Float32Array.of(0, toyLogit(LONG)));
    expect((await post(server, { query: QUERY, texts: [LONG] })).body).toEqual([{ index: 0, score: one }]);
  });
});
