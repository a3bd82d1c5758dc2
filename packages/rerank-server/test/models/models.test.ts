import { afterEach, describe, expect, it } from "@jest/globals";
import { gate, post, toyReranker, until } from "@secondpass/test-kit";
import type { ModelEntry, RerankServer, RerankServerOptions } from "../../src/index.js";
import { expectedError } from "../expected-error.js";
import { metric } from "../metric.js";
import { startServer } from "../start-server.js";
import { toyEmbedder } from "../toy-embedder.js";

const running: RerankServer[] = [];
const start = async (models: readonly ModelEntry[], options: Omit<RerankServerOptions, "models"> = {}) => {
  const server = await startServer(undefined, { ...options, models });
  running.push(server);
  return server;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close({ graceMs: 0 })));
});

const RERANK = { query: "q", documents: ["a"] };
const EMBED = { input: "a" };

describe("models by name", () => {
  const rerankers = (): ModelEntry[] => [
    { name: "first", reranker: toyReranker() },
    { name: "second", aliases: ["BAAI/bge", "2"], reranker: toyReranker(2) },
    { name: "embedder", embedder: toyEmbedder() },
  ];

  it.each([
    ["second", "second"],
    ["BAAI/bge", "second"],
    ["first", "first"],
    ["rerank-v3.5", "first"],
    ["__proto__", "first"],
    ["", "first"],
    [null, "first"],
    [7, "first"],
    [undefined, "first"],
  ])("answers a request for %j by the model %s", async (model, name) => {
    const answer = await post(await start(rerankers()), { ...RERANK, model }, { path: "/v1/rerank" });
    expect(answer).toMatchObject({ status: 200, body: { model: name } });
  });

  it("answers an unknown name with 404 if it is strict, and others as usual", async () => {
    const server = await start(rerankers(), { strictModels: true });
    expect(await post(server, { ...RERANK, model: "other" }, { path: "/v1/rerank" })).toEqual({
      status: 404,
      body: expectedError(
        'Expected `model` to be "first" or "second" or "embedder", got an unknown name. GET /v1/models lists them.',
        "notFound",
      ),
    });
    for (const model of ["BAAI/bge", null, undefined]) {
      expect((await post(server, { ...RERANK, model }, { path: "/v1/rerank" })).status).toBe(200);
    }
  });

  it("answers 400 for a model of the wrong kind, and names the right ones", async () => {
    const server = await start(rerankers());
    expect(await post(server, { ...RERANK, model: "embedder" }, { path: "/v2/rerank" })).toEqual({
      status: 400,
      body: expectedError(
        'Expected `model` to name a reranker, got one of kind embedder. Use "first" or "second".',
        "unsupported",
      ),
    });
    expect((await post(server, { ...EMBED, model: "second" }, { path: "/v1/embeddings" })).status).toBe(400);
  });

  it("answers 424 at TEI's paths and 400 at others if there is no model of the kind", async () => {
    const server = await start([{ name: "only", reranker: toyReranker() }]);
    expect(await post(server, { inputs: "a" }, { path: "/embed" })).toEqual({
      status: 424,
      body: expectedError('Expected a server with an embedder, got "only". This server has none.', "backend"),
    });
    expect((await post(server, EMBED, { path: "/v1/embeddings" })).status).toBe(400);
  });

  it("reads the bare address and /invocations as the first model needs", async () => {
    const server = await start([{ embedder: toyEmbedder() }, { reranker: toyReranker() }]);
    for (const path of ["/", "/invocations"]) {
      expect(await post(server, { inputs: ["a", "bb"] }, { path })).toMatchObject({
        status: 200,
        body: [
          [1, expect.any(Number), -0.25],
          [2, expect.any(Number), -0.25],
        ],
      });
      expect(await post(server, { query: "q", texts: ["a"] }, { path })).toMatchObject({ status: 200 });
    }
  });

  it("names a model by its own name unless it is given another, and a folder by its last part", async () => {
    const folder: ModelEntry = { reranker: { ...toyReranker(), model: "/home/someone/models/reranker/" } };
    const server = await start([folder, { embedder: toyEmbedder() }]);
    const list = (await (await fetch(`${server.url}/v1/models`)).json()) as { data: { id: string }[] };
    expect(list.data.map(({ id }) => id)).toEqual(["reranker", "toy-embedder"]);
  });
});

describe("loading", () => {
  it("answers with the loaded models, and 503 for others, until all are healthy", async () => {
    let load = (_model: ReturnType<typeof toyEmbedder>) => {};
    const embedder = () => new Promise<ReturnType<typeof toyEmbedder>>((resolve) => (load = resolve));
    const both = await startServer(
      undefined,
      {
        models: [
          { name: "r", reranker: toyReranker() },
          { name: "e", embedder },
        ],
      },
      false,
    );
    running.push(both);
    await until(async () => (await post(both, RERANK, { path: "/rerank" })).status === 200);
    expect((await post(both, EMBED, { path: "/v1/embeddings" })).status).toBe(503);
    expect((await fetch(`${both.url}/health`)).status).toBe(503);
    load(toyEmbedder());
    await both.ready;
    expect((await post(both, EMBED, { path: "/v1/embeddings" })).status).toBe(200);
    expect((await fetch(`${both.url}/health`)).status).toBe(200);
  }, 20_000);

  it("rejects `ready` if one cannot be loaded, serves the others, and frees them", async () => {
    let disposed = 0;
    const dispose = async () => {
      disposed += 1;
    };
    const server = await startServer(
      undefined,
      {
        models: [
          { name: "r", reranker: { ...toyReranker(), dispose } },
          { name: "e", embedder: () => Promise.reject(new Error("no such model")) },
        ],
      },
      false,
    );
    await expect(server.ready).rejects.toThrow("no such model");
    expect((await post(server, RERANK, { path: "/rerank" })).status).toBe(200);
    await server.close();
    expect(disposed).toBe(1);
  });
});

describe("queues", () => {
  it("gathers waiting requests of each model into its own batches", async () => {
    const reranker = toyReranker();
    const embedder = toyEmbedder();
    const openReranker = gate(reranker).open;
    let openEmbedder = () => {};
    const opened = new Promise<void>((resolve) => (openEmbedder = resolve));
    embedder.before = () => opened;
    const server = await start([{ reranker }, { embedder }]);
    const reranks = Array.from({ length: 5 }, () => post(server, RERANK, { path: "/rerank" }));
    const embeds = Array.from({ length: 4 }, (_, index) =>
      post(server, { input: ["x".repeat(index)], encoding_format: "float" }, { path: "/v1/embeddings" }),
    );
    const query = post(server, { input: "x", input_type: "query" }, { path: "/v1/embeddings" });
    await until(async () => (await metric(server, "rerank_queue_pairs")) === 8);
    expect(await metric(server, "rerank_admitted_requests")).toBe(10);
    openReranker();
    openEmbedder();
    expect((await Promise.all(reranks)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    for (const [index, { body }] of (await Promise.all(embeds)).entries()) {
      expect(body).toMatchObject({ data: [{ embedding: [index, expect.any(Number), -0.25] }] });
    }
    expect((await query).status).toBe(200);
    expect(reranker.batches).toEqual([1, 4]);
    // A query is read in another way, and so has a separate batch.
    expect(embedder.batches).toEqual([1, 3, 1]);
    expect(embedder.ways.at(-1)).toEqual({ promptName: "query", task: "query" });
  });

  it("admits no more work than the limits allow for all models together", async () => {
    const reranker = toyReranker();
    const { open } = gate(reranker);
    const server = await start([{ reranker }, { embedder: toyEmbedder() }], {
      limits: { concurrentRequests: 1 },
    });
    const first = post(server, RERANK, { path: "/rerank" });
    await until(async () => (await metric(server, "rerank_admitted_requests")) === 1);
    const rejected = await fetch(`${server.url}/v1/embeddings`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(EMBED),
    });
    expect([rejected.status, rejected.headers.get("retry-after")]).toEqual([429, "1"]);
    open();
    await first;
  });

  it("rejects texts that are too long for the embedder if they may not be cut", async () => {
    const server = await start([{ embedder: toyEmbedder() }]);
    const body = { inputs: ["a", "word ".repeat(20)], truncate: false };
    expect(await post(server, body, { path: "/embed" })).toEqual({
      status: 413,
      body: expectedError(
        "Expected at most 16 tokens in a text, text 1 has 23. Shorten it, or set `truncate`.",
        "tooLarge",
      ),
    });
  });

  it.each([
    ["query", { promptName: "query", task: "query" }],
    ["search_query", { promptName: "query", task: "query" }],
    ["document", { promptName: "passage", task: "document" }],
    ["passage", { promptName: "passage", task: "document" }],
    ["classification", {}],
    [null, {}],
  ])("reads texts with the model's prompt for the input_type %j", async (input_type, way) => {
    const embedder = toyEmbedder();
    const server = await start([{ embedder }]);
    const answer = await post(server, { ...EMBED, input_type }, { path: "/v1/embeddings" });
    expect([answer.status, embedder.ways]).toEqual([200, [way]]);
  });

  it("passes on a TEI client's prompt name, and lists the known ones for an unknown one", async () => {
    const embedder = toyEmbedder();
    const server = await start([{ embedder }]);
    await post(server, { inputs: "a", prompt_name: "passage", normalize: false }, { path: "/embed" });
    expect(embedder.ways).toEqual([{ promptName: "passage" }]);
    expect(await post(server, { inputs: "a", prompt_name: "other" }, { path: "/embed" })).toMatchObject({
      status: 422,
      body: { message: 'Expected `prompt_name` to be one of "query", "passage", got string.' },
    });
  });
});

describe("options", () => {
  it.each<[object, string]>([
    [{}, "model"],
    [{ models: [] }, "models"],
    [{ models: {} }, "models"],
    [{ models: [null] }, "models[0]"],
    [{ models: [{ name: "a" }] }, "models[0]"],
    [{ models: [{ name: "a", reranker: {} }] }, "models[0]"],
    [{ models: [{ name: "a", reranker: toyReranker(), embedder: toyEmbedder() }] }, "models[0]"],
    [{ models: [{ name: "a", embedder: toyReranker() }] }, "models[0]"],
    [{ models: [{ name: "", reranker: toyReranker() }] }, "models[0].name"],
    [{ models: [{ name: "a", aliases: "b", reranker: toyReranker() }] }, "models[0].aliases"],
    [{ model: toyReranker(), strictModels: "false" }, "strictModels"],
    [{ model: toyReranker(), autoTruncate: 1 }, "autoTruncate"],
    [{ model: toyReranker(), protocols: [] }, "protocols"],
    [{ model: toyReranker(), protocols: ["cohere"] }, "protocols"],
    [{ model: toyReranker(), protocols: [{ name: "a" }] }, "protocols"],
    [{ model: toyReranker(), models: [{ reranker: toyReranker() }] }, "model"],
    [
      {
        models: [
          { name: "a", reranker: toyReranker() },
          { name: "b", aliases: ["a"], embedder: toyEmbedder() },
        ],
      },
      "models[1]",
    ],
  ])("throws for %j", async (options, option) => {
    await expect(startServer(undefined, options as RerankServerOptions)).rejects.toMatchObject({
      name: "InvalidOptionError",
      option,
    });
  });

  it("throws for an unknown option of a model", async () => {
    const models = [{ nmae: "a", reranker: toyReranker() }] as unknown as ModelEntry[];
    await expect(startServer(undefined, { models })).rejects.toMatchObject({ name: "UnknownOptionError" });
  });
});
