import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { post, toyReranker } from "@secondpass/test-kit";
import fc from "fast-check";
import type { RerankServer } from "../../src/index.js";
import { startServer } from "../start-server.js";
import { toyEmbedder } from "../toy-embedder.js";

/** Bodies of the protocols, each with its optional fields and their defaults. */
const BODIES: readonly [path: string, body: object, optional: Readonly<Record<string, unknown>>][] = [
  [
    "/v1/rerank",
    { query: "q", documents: ["a", "bb", "ccc"], top_n: 2 },
    {
      return_documents: false,
      return_len: false,
      raw_scores: false,
      use_activation: true,
      truncate: true,
      rank_fields: undefined,
      max_chunks_per_doc: 10,
      model: "m",
    },
  ],
  [
    "/v2/rerank",
    { query: "q", documents: ["a", "bb"] },
    { top_n: 9, max_tokens_per_doc: 4096, truncate: true },
  ],
  [
    "/v1/rerank",
    { query: "q", documents: ["a", "bb"], top_k: 1 },
    { truncation: true, return_documents: false },
  ],
  [
    "/v1/reranking",
    { query: "q", input: ["a", "bb"] },
    { top_k: 10, return_input: false, rank_fields: undefined },
  ],
  [
    "/rerank",
    { query: "q", texts: ["a", "bb"] },
    { raw_scores: false, return_text: false, truncate: true, truncation_direction: "Right" },
  ],
  [
    "/predict",
    { inputs: [["q", "a"]] },
    { raw_scores: false, truncate: true, truncation_direction: "right" },
  ],
  ["/score", { text_1: "q", text_2: ["a", "bb"] }, { use_activation: true, queries: undefined, model: "m" }],
  [
    "/embed",
    { inputs: ["a", "bb"] },
    { normalize: true, truncate: true, prompt_name: undefined, dimensions: 3 },
  ],
  [
    "/v1/embeddings",
    { input: ["a", "bb"] },
    {
      encoding_format: "float",
      dimensions: 3,
      user: undefined,
      input_type: undefined,
      output_dtype: "float",
    },
  ],
  ["/decode", { model: "e", ids: [[1, 2]] }, { skip_special_tokens: true }],
];

/** Returns an answer without the parts that differ between calls. */
function lasting(body: unknown): unknown {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return body;
  const { id: _, created: __, data, results, ...rest } = body as Readonly<Record<string, unknown>>;
  return { ...rest, list: results ?? data };
}

describe("a field that a client leaves out, sends as null, as a string, or in addition", () => {
  let server: RerankServer;
  beforeAll(async () => {
    server = await startServer(undefined, {
      models: [
        { name: "r", reranker: toyReranker() },
        { name: "e", embedder: toyEmbedder() },
      ],
    });
  });
  afterAll(() => server.close());

  it.each(BODIES)("changes nothing at %s to %j", async (path, body, optional) => {
    const plain = await post(server, body, { path });
    expect([plain.status, plain.body]).toEqual([200, plain.body]);
    const entries = Object.entries(optional).map(([key, usual]) => {
      const said = typeof usual === "boolean" ? [usual, String(usual), usual ? "True" : "False"] : [usual];
      return [key, fc.constantFrom(undefined, null, ...said)] as const;
    });
    const unknown = fc.dictionary(
      fc.string({ minLength: 3 }).map((key) => `x-${key}`),
      fc.jsonValue(),
      { maxKeys: 3 },
    );
    await fc.assert(
      fc.asyncProperty(fc.record(Object.fromEntries(entries)), unknown, async (fields, more) => {
        // A body that may be Voyage's gets `data`, too; both lists have the same order.
        const answer = await post(server, { ...more, ...body, ...fields }, { path });
        expect([answer.status, lasting(answer.body)]).toEqual([200, lasting(plain.body)]);
      }),
      { numRuns: 25 },
    );
  });
});
