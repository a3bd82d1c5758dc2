import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { post, toyLogit, toyReranker } from "@secondpass/test-kit";
import fc from "fast-check";
import type { RerankServer, ServedToken } from "../../src/index.js";
import { cutPairs } from "../../src/service/cut-pairs.js";
import { startServer } from "../start-server.js";

/** Makes a tokenizer with a token for every three characters of a word. It records the lengths that it reads. */
function threes() {
  const read: number[] = [];
  const tokenize = async (text: string): Promise<ServedToken[]> => {
    read.push(text.length);
    return [...text.matchAll(/\S{1,3}/g)].map(({ 0: piece, index }, id) => ({
      id,
      text: piece,
      isSpecial: false,
      start: index,
      end: index + piece.length,
    }));
  };
  const countTokens = (text: string, pair?: string) =>
    [text, pair ?? ""].flatMap((each) => each.match(/\S{1,3}/g) ?? []).length + 3;
  return { read, tokenize, countTokens, maxLength: 512 };
}
const never = new AbortController().signal;

describe("cutPairs", () => {
  it("returns the beginning of each text with as many tokens as its limit, and short texts whole", async () => {
    const text = fc.array(fc.string({ maxLength: 9 }), { maxLength: 600 }).map((words) => words.join(" "));
    const limit = fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(text, text, limit, limit, async (query, document, queryLimit, documentLimit) => {
        const model = threes();
        const limits = { query: queryLimit, document: documentLimit };
        const [pair = ["", ""]] = await cutPairs(model, [[query, document]], limits, never);
        for (const [cut = "", whole, most = Number.POSITIVE_INFINITY] of [
          [pair[0], query, queryLimit],
          [pair[1], document, documentLimit],
        ] as const) {
          const tokens = await model.tokenize(whole);
          expect(whole.startsWith(cut)).toBe(true);
          expect((await model.tokenize(cut)).map((each) => each.text)).toEqual(
            tokens.slice(0, most).map((each) => each.text),
          );
          if (tokens.length <= most) expect(cut).toBe(whole);
        }
      }),
      { numRuns: 50 },
    );
  });

  it("does not read megabytes for a few tokens, nor anything for a limit above the model's length", async () => {
    const model = threes();
    const document = "word ".repeat(200_000);
    const cut = await cutPairs(model, [["q", document]], { document: 10 }, never);
    expect(cut).toEqual([["q", "word word word word word"]]);
    expect(Math.max(...model.read)).toBeLessThan(10_000);
    model.read.length = 0;
    expect(await cutPairs(model, [["q", document]], { document: 512, query: 4096 }, never)).toEqual([
      ["q", document],
    ]);
    expect(model.read).toEqual([]);
  });
});

describe("a request with limits for its texts", () => {
  const WORDS = "one two six ten";
  let server: RerankServer;
  beforeAll(async () => {
    const { tokenize, countTokens } = threes();
    server = await startServer({ ...toyReranker(), tokenize, countTokens });
  });
  afterAll(() => server.close());

  it.each<[string, string, object, string]>([
    ["Cohere's max_tokens_per_doc", "/v2/rerank", { max_tokens_per_doc: 2 }, "one two"],
    ["vLLM's truncate_prompt_tokens", "/rerank", { truncate_prompt_tokens: 7 }, "one two six"],
    ["one that leaves no room", "/rerank", { truncate_prompt_tokens: 1 }, ""],
    ["vLLM's 0 for no limit", "/rerank", { max_tokens_per_doc: 0, max_tokens_per_query: 0 }, WORDS],
    ["null", "/v2/rerank", { max_tokens_per_doc: null, truncate_prompt_tokens: -1 }, WORDS],
  ])("are cut by %s", async (_name, path, limits, read) => {
    const body = { query: "q", documents: [WORDS], use_activation: false, ...limits };
    const { status, body: answer } = await post(server, body, { path });
    expect([status, answer]).toEqual([
      200,
      expect.objectContaining({ results: [{ index: 0, relevance_score: Math.fround(toyLogit(read)) }] }),
    ]);
  });

  it("is 422 if a limit is not a number, and is cut for vLLM's scores, too", async () => {
    const documents = [WORDS];
    const wrong = { query: "q", documents, max_tokens_per_doc: "many" };
    expect((await post(server, wrong, { path: "/v2/rerank" })).status).toBe(422);
    const scores = { queries: "q", documents, max_tokens_per_doc: 1, use_activation: false };
    const { body } = await post(server, scores, { path: "/score" });
    expect(body).toMatchObject({ data: [{ score: Math.fround(toyLogit("one")) }] });
  });
});
