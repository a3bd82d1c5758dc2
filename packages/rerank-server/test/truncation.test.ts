import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { post, toyReranker } from "@secondpass/test-kit";
import type { RerankServer } from "../src/index.js";
import { expectedError } from "./expected-error.js";
import { startServer } from "./start-server.js";

const LONG = "word ".repeat(20);
const rerank = { query: "q", texts: ["short", LONG] };
const pairs = { pairs: [["q", LONG]] };
const documents = { query: "q", documents: ["short", LONG] };
const inputs = { inputs: [["q", LONG]] };
const texts = { inputs: [{ text: "q", text_pair: LONG }] };

describe.each([true, false])("a text that is too long, if the server's setting is %s", (autoTruncate) => {
  let server: RerankServer;
  beforeAll(async () => {
    server = await startServer(toyReranker(), { autoTruncate });
  });
  afterAll(() => server.close());

  it.each<[string, object]>([
    ["false", { ...rerank, truncate: false }],
    ['"false"', { ...rerank, truncate: "false" }],
    ["False", { ...rerank, truncate: "False" }],
    ["false for pairs", { ...pairs, truncate: false }],
    ["false for documents", { ...documents, truncate: false }],
    ["Voyage's truncation", { ...documents, truncation: false }],
    ["false for inputs", { ...inputs, truncate: false }],
    ["transformers' truncation", { ...texts, parameters: { truncation: false } }],
    ["do_not_truncate", { ...texts, parameters: { truncation: "do_not_truncate" } }],
  ])("is rejected if the request says %s", async (_name, body) => {
    expect(await post(server, body)).toEqual({
      status: 413,
      body: expectedError(
        expect.stringMatching(/^Expected at most 16 tokens in a pair, pair [01] has 25\./),
        "tooLarge",
      ),
    });
  });

  it.each<[string, object]>([
    ["true", { ...rerank, truncate: true }],
    ['"true"', { ...rerank, truncate: "true" }],
    ["true for pairs", { ...pairs, truncate: true }],
    ["nothing for pairs", pairs],
    ["nothing for documents", documents],
    ["longest_first", { ...texts, parameters: { truncation: "longest_first" } }],
  ])("is cut if the request says %s", async (_name, body) => {
    expect((await post(server, body)).status).toBe(200);
  });

  it.each<[string, object]>([
    ["nothing", rerank],
    ["null", { ...rerank, truncate: null }],
    ["nothing for inputs", inputs],
    ["nothing to transformers", texts],
  ])("follows the server's setting if the request says %s", async (_name, body) => {
    expect((await post(server, body)).status).toBe(autoTruncate ? 200 : 413);
  });

  it.each<[string, object]>([
    ["a number", { ...rerank, truncate: 0 }],
    ["another word", { ...rerank, truncate: "no" }],
    ["to cut from above", { ...rerank, truncate: true, truncation_direction: "Up" }],
  ])("is 422 if the request says %s", async (_name, body) => {
    expect((await post(server, body)).status).toBe(422);
  });

  it("that fits is scored if the request says false", async () => {
    expect((await post(server, { query: "q", texts: ["short"], truncate: false })).status).toBe(200);
  });

  it("is not tokenized to its end", async () => {
    const model = toyReranker();
    const counted: number[] = [];
    const { countTokens } = model;
    model.countTokens = (text, pair) => {
      counted.push(text.length + (pair?.length ?? 0));
      return countTokens(text, pair);
    };
    const own = await startServer(model);
    const answer = await post(own, { query: "q", texts: ["word ".repeat(500_000)], truncate: false });
    expect(answer).toMatchObject({
      status: 413,
      body: { error: expect.stringContaining("pair 0 has more than") },
    });
    expect(Math.max(...counted)).toBeLessThan(10_000);
    await own.close();
  });
});
