import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { loadCrossEncoder, loadEncoder } from "@secondpass/hf-runtime";
import { EMBEDDER_PATH, RERANKER_PATH } from "@secondpass/mini-models";
import { post } from "@secondpass/test-kit";
import { createRerankServer, type RerankServer } from "../../src/index.js";
import { answerChecker } from "../answer-checker.js";

const QUERY = "What is the capital of France?";
const TEXTS = [
  "Bananas ripen faster when they are kept in a paper bag.",
  "Paris is the capital of France and its largest city.",
  "Violins are usually tuned in fifths.",
];
const BEST = 1;
const ALL = { query: QUERY, documents: TEXTS };

let server: RerankServer;
let checker: Awaited<ReturnType<typeof answerChecker>>;
beforeAll(async () => {
  const options = { isolation: "none", threads: 1 } as const;
  server = await createRerankServer(
    {
      logLevel: "silent",
      models: [
        {
          name: "mini-reranker",
          aliases: ["mini"],
          reranker: (signal) => loadCrossEncoder({ model: RERANKER_PATH, signal, ...options }),
        },
        {
          name: "mini-embedder",
          embedder: (signal) => loadEncoder({ model: EMBEDDER_PATH, signal, ...options }),
        },
      ],
    },
    { port: 0 },
  );
  await server.ready;
  checker = await answerChecker(server.url);
});
afterAll(() => server.close());

/** Posts a body, and compares it and its answer with the document. */
async function postJson<Answer>(
  path: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const answer = await post(server, body, { path, headers });
  expect([answer.status, answer.body]).toEqual([200, answer.body]);
  const route = path
    .replace(/\?.*$/, "")
    .replace(/(?<=.)\/$/, "")
    .replace(/^\/+/, "/");
  expect(checker.bodyFaults(route, body)).toBeUndefined();
  expect(checker.answerFaults("post", route, 200, answer.body)).toBeUndefined();
  return answer.body as Answer;
}

interface Result {
  readonly index: number;
  readonly relevance_score: number;
  readonly score: number;
  readonly document?: unknown;
  readonly text?: string;
  readonly input?: unknown;
}

/** Returns the places in the list that each client reads. Checks that it is sorted by scores between 0 and 1. */
function places(list: readonly Result[]): number[] {
  const scores = list.map(({ relevance_score: relevance, score }) => relevance ?? score);
  expect(scores).toEqual([...scores].sort((a, b) => b - a));
  for (const score of scores) expect(score >= 0 && score <= 1).toBe(true);
  return list.map(({ index }) => index);
}

/** By client: the path, the fields that it sends in addition to `query` and `documents`, and the number of results. All read `results`. */
const DOCUMENT_CLIENTS: readonly [client: string, path: string, sent: object, count: number][] = [
  ["Cohere's SDK, v2", "/v2/rerank", { model: "rerank-v3.5", top_n: 2, max_tokens_per_doc: 4096 }, 2],
  ["Cohere's SDK, v1", "/v1/rerank", { model: "m", rank_fields: null, return_documents: false }, 3],
  ["the AI SDK", "/v2/rerank", { model: "m", top_n: 2 }, 2],
  ["LangChain's Cohere", "/v1/rerank", { model: "m", top_n: 3, max_chunks_per_doc: null }, 3],
  ["Haystack's Cohere", "/v2/rerank", { model: "m", top_n: 10, max_tokens_per_doc: 4096 }, 3],
  ["LiteLLM's Cohere, base with /v1", "/v1/v2/rerank", { model: "m", top_n: 1, return_documents: true }, 1],
  ["Jina's clients", "/v1/rerank", { model: "jina-reranker-v2-base-multilingual", top_n: 2 }, 2],
  ["vLLM's clients", "/v1/rerank", { model: "m", top_n: 0, truncate_prompt_tokens: -1 }, 3],
  [
    "vLLM's clients, v2",
    "/v2/rerank",
    { documents: TEXTS.map((text) => ({ content: [{ type: "text", text }] })) },
    3,
  ],
  [
    "Infinity's client",
    "/rerank",
    { return_documents: false, raw_scores: false, model: "default/not-specified" },
    3,
  ],
  ["Open WebUI", "/v1/rerank", { model: "reranker", top_n: 3 }, 3],
  ["Dify", "/v1/rerank", { model: "m", top_n: 2, return_documents: true, score_threshold: 0.8 }, 2],
  ["Dify, as it checks an address", "/rerank", { model: "m", top_n: null, return_documents: true }, 3],
  ["RAGFlow's Xinference", "/v1/rerank", { model: "m", return_documents: "true", return_len: "true" }, 3],
  ["RAGFlow's SiliconFlow", "/v1/rerank", { top_n: 3, max_chunks_per_doc: 1024, overlap_tokens: 80 }, 3],
  ["RAGFlow's LocalAI", "/rerank", { model: "m", top_n: 3 }, 3],
  ["LibreChat", "/v1/rerank", { model: "jina", top_n: 2, return_documents: true }, 2],
  [
    "Xinference's client",
    "/v1/rerank",
    { top_n: null, max_chunks_per_doc: null, return_documents: null, return_len: null, kwargs: "{}" },
    3,
  ],
  ["llama.cpp's users", "/v1/reranking", { model: "m" }, 3],
  ["llama.cpp's users, bare", "/reranking", { top_n: 1 }, 1],
  ["a base with a slash", "//rerank", { top_n: 1 }, 1],
  ["a path with a slash and a query string", "/v1/rerank/?user=1", { top_n: 1 }, 1],
];

describe("clients that read results", () => {
  it.each(DOCUMENT_CLIENTS)("%s at %s", async (_client, path, sent, count) => {
    const answer = await postJson<{
      results: Result[];
      id: string;
      model: string;
      meta: { tokens: { input_tokens: number; output_tokens: number }; api_version: { version: string } };
      usage: { prompt_tokens: number; total_tokens: number };
    }>(path, { ...ALL, ...sent });
    expect(places(answer.results)).toHaveLength(count);
    expect(answer.results[0]?.index).toBe(BEST);
    expect(answer.model).toBe("mini-reranker");
    // Counted by Python's tokenizers, including special tokens.
    expect(answer.usage).toEqual({ prompt_tokens: 66, total_tokens: 66 });
    expect(answer.meta.tokens).toEqual({ input_tokens: 66, output_tokens: 0 });
    expect(answer).not.toHaveProperty("object");
  });

  it.each([
    ["/v1/rerank", { text: TEXTS[BEST] }],
    ["/v2/rerank", { text: TEXTS[BEST] }],
    // LiteLLM's clients for vLLM and Infinity send the same bytes here, but read documents in different forms.
    ["/rerank", undefined],
  ])("returns documents at %s in the form that its clients read", async (path, document) => {
    const { results } = await postJson<{ results: Result[] }>(path, {
      ...ALL,
      top_n: 1,
      return_documents: true,
    });
    expect(results[0]?.document).toEqual(document);
  });

  it("scores the fields that rank_fields names, and returns objects whole", async () => {
    const documents = [
      { title: "Fruit", body: TEXTS[0], year: 2020 },
      { title: "France", body: TEXTS[1], year: 2021 },
    ];
    const body = {
      query: QUERY,
      documents,
      rank_fields: ["title", "body"],
      return_documents: true,
      top_n: 1,
    };
    const { results } = await postJson<{ results: Result[] }>("/v1/rerank", body);
    const joined = { query: QUERY, documents: [`title: France\nbody: ${TEXTS[1]}`], top_n: 1 };
    const { results: same } = await postJson<{ results: Result[] }>("/v1/rerank", joined);
    expect(results[0]).toEqual({
      index: 1,
      document: documents[1],
      relevance_score: same[0]?.relevance_score,
    });
  });

  it.each([{ raw_scores: true }, { use_activation: false }])("returns logits with %j", async (raw) => {
    const { results } = await postJson<{ results: Result[] }>("/v1/rerank", { ...ALL, ...raw, top_n: 3 });
    const { results: scaled } = await postJson<{ results: Result[] }>("/v1/rerank", { ...ALL, top_n: 3 });
    for (const [place, { relevance_score: logit }] of results.entries()) {
      expect(1 / (1 + Math.exp(-logit))).toBeCloseTo(scaled[place]?.relevance_score ?? Number.NaN, 9);
    }
  });

  it("returns the number of tokens at the top level, too, if Xinference's clients want it", async () => {
    const answer = await postJson<object>("/v1/rerank", { ...ALL, top_n: 1, return_len: "true" });
    expect(answer).toMatchObject({ tokens: { input_tokens: 66, output_tokens: 0 } });
  });
});

describe("Voyage", () => {
  it.each([{ top_k: 2 }, { top_k: 2, truncation: true }, { top_k: null, truncation: true }])(
    "answers with data to %j",
    async (sent) => {
      const answer = await postJson<{ data: Result[] }>("/v1/rerank", {
        ...ALL,
        ...sent,
        return_documents: true,
      });
      expect(places(answer.data)).toHaveLength(sent.top_k ?? 3);
      expect(answer.data[0]).toMatchObject({ index: BEST, document: TEXTS[BEST] });
      expect(answer).toMatchObject({ object: "list", usage: { total_tokens: 66 } });
      expect(answer).not.toHaveProperty("results");
    },
  );

  it("answers with both data and results to bytes that Voyage's clients and others send", async () => {
    const answer = await postJson<{ data: Result[]; results: Result[] }>("/v1/rerank", {
      ...ALL,
      model: "rerank-2",
      return_documents: true,
    });
    expect(places(answer.data)).toEqual(places(answer.results));
    expect(answer.data[0]?.document).toBe(TEXTS[BEST]);
    expect(answer.results[0]?.document).toEqual({ text: TEXTS[BEST] });
  });

  it("embeds queries and documents", async () => {
    const body = {
      input: TEXTS,
      model: "voyage-3",
      input_type: "document",
      truncation: true,
      output_dtype: null,
    };
    expect(await postJson("/v1/embeddings", body)).toMatchObject({ usage: { total_tokens: 42 } });
  });
});

describe("Mixedbread", () => {
  it("ranks its input, and returns it on request", async () => {
    const body = { model: "mixedbread-ai/mxbai-rerank-large-v2", query: QUERY, input: TEXTS, top_k: 2 };
    const answer = await postJson<{ data: Result[] }>("/v1/reranking", body);
    expect(places(answer.data)).toHaveLength(2);
    expect(answer.data[0]).toMatchObject({ index: BEST, input: null, object: "rank_result" });
    const whole = await postJson<{ data: Result[] }>("/v1/reranking", { ...body, return_input: true });
    expect(whole.data[0]?.input).toBe(TEXTS[BEST]);
  });

  it("returns ten results by default", async () => {
    const input = Array.from({ length: 12 }, (_, index) => `text ${index}`);
    expect((await postJson<{ data: Result[] }>("/v1/reranking", { query: QUERY, input })).data).toHaveLength(
      10,
    );
  });
});

describe("Text Embeddings Inference", () => {
  it("ranks all texts, whatever the value of top_n", async () => {
    const body = { query: QUERY, texts: TEXTS, raw_scores: false, return_text: true, top_n: 1 };
    const list = await postJson<Result[]>("/rerank", { ...body, truncation_direction: "Right" });
    expect(places(list)).toHaveLength(3);
    expect(list[0]).toMatchObject({ index: BEST, text: TEXTS[BEST] });
  });

  it("cuts texts on the side that a request names", async () => {
    const filler = "The committee postponed its vote on the new parking rules. ".repeat(60);
    const body = { query: QUERY, texts: [`${filler}${TEXTS[BEST]}`], truncate: true, raw_scores: true };
    const scores = await Promise.all(
      ["Left", "left", "Right", undefined].map(async (truncation_direction) => {
        const [first] = await postJson<Result[]>("/rerank", {
          ...body,
          truncation_direction: truncation_direction ?? null,
        });
        return first?.score as number;
      }),
    );
    const [left, lower, right, usual] = scores as [number, number, number, number];
    expect(left).toBeGreaterThan(right + 2);
    expect([lower, usual]).toEqual([left, right]);
  });

  it("classifies one pair and several, also for Hugging Face's clients at the bare address", async () => {
    const inputs = TEXTS.map((text) => [QUERY, text]);
    for (const path of ["/predict", "/"]) {
      const lists = await postJson<{ label: string; score: number }[][]>(path, { inputs });
      expect(
        lists.map(([label]) => label?.score).indexOf(Math.max(...lists.map(([l]) => l?.score ?? 0))),
      ).toBe(BEST);
      expect(await postJson(path, { inputs: inputs[0] })).toEqual(lists[0]);
      expect(await postJson(path, { inputs: { text: QUERY, text_pair: TEXTS[0] } })).toEqual(lists[0]);
    }
  });

  it("embeds one text and several, scaled by default", async () => {
    const [one] = await postJson<number[][]>("/embed", { inputs: QUERY });
    const vectors = await postJson<number[][]>("/embed", {
      inputs: [QUERY, TEXTS[BEST]],
      normalize: true,
      truncate: null,
    });
    expect(vectors[0]).toEqual(one);
    expect(Math.hypot(...(one ?? []))).toBeCloseTo(1, 5);
    const [cut] = await postJson<number[][]>("/embed", { inputs: QUERY, dimensions: 8 });
    expect(cut).toHaveLength(8);
    expect(Math.hypot(...(cut ?? []))).toBeCloseTo(1, 5);
  });

  it("compares sentences", async () => {
    const inputs = { source_sentence: QUERY, sentences: TEXTS };
    const cosines = await postJson<number[]>("/similarity", { inputs, parameters: { truncate: true } });
    expect(cosines.indexOf(Math.max(...cosines))).toBe(BEST);
    const [one, ...vectors] = await postJson<number[][]>("/embed", { inputs: [QUERY, ...TEXTS] });
    for (const [place, vector] of vectors.entries()) {
      expect(cosines[place]).toBeCloseTo(
        vector.reduce((sum, x, i) => sum + x * (one?.[i] ?? 0), 0),
        5,
      );
    }
  });

  it("returns tokens, with places in characters", async () => {
    const text = "A 😀 city";
    const [tokens] = await postJson<
      { text: string; special: boolean; start: number | null; stop: number | null }[][]
    >("/tokenize", { inputs: text });
    const characters = [...text];
    for (const token of tokens ?? []) {
      if (token.special) expect([token.start, token.stop]).toEqual([null, null]);
      else expect(characters.slice(token.start ?? 0, token.stop ?? 0).join("")).toBe(token.text);
    }
    expect(tokens?.filter(({ special }) => special).map((token) => token.text)).toEqual(["[CLS]", "[SEP]"]);
    const [plain] = await postJson<object[][]>("/tokenize", { inputs: [text], add_special_tokens: "false" });
    expect(plain).toEqual(tokens?.filter(({ special }) => !special));
  });

  it("returns its first model and its limits", async () => {
    const response = await fetch(`${server.url}/info/`);
    const info = await response.json();
    expect(checker.answerFaults("get", "/info", 200, info)).toBeUndefined();
    expect(info).toMatchObject({
      model_id: "mini-reranker",
      model_type: { reranker: { id2label: { 0: "LABEL_0" }, label2id: { LABEL_0: 0 } } },
      max_client_batch_size: 2048,
    });
  });

  it.each(["/health", "/ping", "/ready", "/live", "/"])("answers GET and HEAD at %s", async (path) => {
    const got = await fetch(`${server.url}${path}`);
    expect(checker.answerFaults("get", path, got.status, await got.json())).toBeUndefined();
    expect((await fetch(`${server.url}${path}`, { method: "HEAD" })).status).toBe(200);
  });

  it("answers 424 to a request that no model of the server can answer", async () => {
    expect(await post(server, { ids: [1, 2] }, { path: "/decode" })).toMatchObject({
      status: 424,
      body: { error_type: "backend" },
    });
  });
});

describe("vLLM's score", () => {
  it.each<[object, number]>([
    [{ text_1: QUERY, text_2: TEXTS }, 3],
    [{ queries: QUERY, documents: TEXTS, model: "m" }, 3],
    [{ queries: [QUERY], items: TEXTS }, 3],
    [{ data_1: [QUERY, QUERY, QUERY], data_2: TEXTS }, 3],
    [{ data_1: QUERY, data_2: TEXTS[BEST] }, 1],
  ])("scores %j in the order given", async (body, count) => {
    for (const path of ["/score", "/v1/score"]) {
      const { data } = await postJson<{ data: Result[] }>(path, body);
      expect(data.map(({ index }) => index)).toEqual(Array.from({ length: count }, (_, index) => index));
      const scores = data.map(({ score }) => score);
      expect(scores.indexOf(Math.max(...scores))).toBe(count === 1 ? 0 : BEST);
    }
  });

  it("rejects lists whose lengths do not match", async () => {
    expect(await post(server, { text_1: ["a", "b"], text_2: TEXTS }, { path: "/score" })).toMatchObject({
      status: 422,
      body: { message: "Expected one text in `text_1`, or as many as in `text_2` (3), got 2." },
    });
  });
});

describe("OpenAI", () => {
  interface Embeddings {
    readonly data: readonly { readonly embedding: number[] | string; readonly index: number }[];
  }

  it.each(["/v1/embeddings", "/embeddings"])(
    "embeds at %s as base64 and as numbers, with the same values",
    async (path) => {
      const body = { model: "text-embedding-3-small", input: [QUERY, ...TEXTS] };
      const numbers = await postJson<Embeddings>(path, { ...body, encoding_format: "float", user: "u" });
      const packed = await postJson<Embeddings>(path, {
        ...body,
        encoding_format: "base64",
        dimensions: null,
      });
      expect(numbers.data.map(({ index }) => index)).toEqual([0, 1, 2, 3]);
      for (const [place, { embedding }] of packed.data.entries()) {
        const bytes = Buffer.from(embedding as string, "base64");
        const floats = Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4));
        expect(floats).toEqual(numbers.data[place]?.embedding);
      }
      expect(numbers).toMatchObject({ object: "list", model: "mini-embedder", usage: { prompt_tokens: 51 } });
    },
  );

  it("cuts vectors to the requested dimensions, and scales them", async () => {
    const { data } = await postJson<Embeddings>("/v1/embeddings", { input: QUERY, dimensions: 16 });
    expect(data[0]?.embedding).toHaveLength(16);
    expect(Math.hypot(...((data[0]?.embedding ?? []) as number[]))).toBeCloseTo(1, 5);
    expect(await post(server, { input: QUERY, dimensions: 5000 }, { path: "/v1/embeddings" })).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("Expected `dimensions` to be at most") },
    });
  });

  it("says what to do with tokens of another tokenizer", async () => {
    const answer = await post(server, { input: [[1, 2], [3]] }, { path: "/v1/embeddings" });
    expect(answer).toMatchObject({
      status: 422,
      body: { message: expect.stringContaining("check_embedding_ctx_length=False") },
    });
  });

  it("lists models, also for Cohere's SDK, and shows one", async () => {
    const list = await (await fetch(`${server.url}/v1/models`)).json();
    expect(checker.answerFaults("get", "/v1/models", 200, list)).toBeUndefined();
    expect(list).toMatchObject({
      data: [{ id: "mini-reranker" }, { id: "mini-embedder" }],
      models: [
        { name: "mini-reranker", endpoints: ["rerank"] },
        { name: "mini-embedder", endpoints: ["embed"] },
      ],
    });
    const one = await (await fetch(`${server.url}/v1/models/mini`)).json();
    expect(checker.answerFaults("get", "/v1/models/{model}", 200, one)).toBeUndefined();
    expect(one).toMatchObject({ id: "mini-reranker" });
    expect((await fetch(`${server.url}/v1/models/BAAI/none`)).status).toBe(404);
  });
});

describe("headers that clients send with a body", () => {
  it.each(["", "Bearer None", "Bearer fake-api-key", "whatever"])(
    "ignores the header Authorization: %j if the server has no keys",
    async (authorization) => {
      await postJson("/rerank", { ...ALL, top_n: 1 }, { authorization });
    },
  );
});

describe("requests without texts", () => {
  it.each<[string, object]>([
    ["/v1/rerank", { query: QUERY, documents: [] }],
    ["/v2/rerank", { query: QUERY, documents: [], top_n: 2 }],
    ["/v1/rerank", { query: QUERY, documents: [], top_k: 2 }],
    ["/v1/reranking", { query: QUERY, input: [] }],
    ["/rerank", { query: QUERY, texts: [] }],
    ["/predict", { inputs: [] }],
    ["/embed", { inputs: [] }],
    ["/v1/embeddings", { input: [] }],
    ["/similarity", { inputs: { source_sentence: QUERY, sentences: [] } }],
    ["/score", { text_1: QUERY, text_2: [] }],
    ["/tokenize", { inputs: [] }],
  ])("are 400 at %s", async (path, body) => {
    const { status, body: answer } = await post(server, body, { path });
    expect([status, answer]).toMatchObject([400, { error_type: "empty" }]);
    expect(checker.answerFaults("post", path, status, answer)).toBeUndefined();
  });
});
