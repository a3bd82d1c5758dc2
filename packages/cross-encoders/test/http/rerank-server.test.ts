import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { createRerankServer, type RerankServer, type RerankServerOptions } from "@secondpass/rerank-server";
import { crossEncoderSuite, toyLogit, toyReranker } from "@secondpass/test-kit";
import { HttpCrossEncoder, type HttpCrossEncoderOptions, httpProtocols } from "../../src/http/index.js";

type Options = Omit<HttpCrossEncoderOptions, "url">;
type Scale = (logit: number) => number;

const sigmoid: Scale = (logit) => 1 / (1 + Math.exp(-logit));
const raw: Scale = (logit) => logit;
const PAIRS: TextPair[] = [
  ["query", "short"],
  ["another query", "a text of some length"],
  ["query", ""],
  ["query", "half of a character: \ud83d"],
];

const servers: RerankServer[] = [];
async function start(options: RerankServerOptions): Promise<string> {
  const server = await createRerankServer({ logLevel: "silent", ...options }, { port: 0 });
  servers.push(server);
  await server.ready;
  return server.url;
}
let url: string;
let strict: string;
beforeAll(async () => {
  url = await start({ model: toyReranker() });
  strict = await start({
    models: [{ name: "toy", reranker: toyReranker() }],
    strictModels: true,
    apiKeys: ["a-key-of-the-server"],
    limits: { pairsPerRequest: 2 },
  });
});
afterAll(() => Promise.all(servers.map((server) => server.close())));

async function expectScores(crossEncoder: HttpCrossEncoder, scale: Scale): Promise<void> {
  const scores = await crossEncoder.score(PAIRS);
  expect(scores).toHaveLength(PAIRS.length);
  for (const [place, [, text]] of PAIRS.entries()) {
    expect(scores[place]).toBeCloseTo(scale(toyLogit(text)), 6);
  }
}

describe("HttpCrossEncoder on a rerank server", () => {
  crossEncoderSuite({ create: () => new HttpCrossEncoder({ url, protocol: "tei" }) });

  it.each<[Options, Scale]>([
    [{ protocol: "cohere" }, sigmoid],
    [{ protocol: "cohere", path: "/invocations" }, sigmoid],
    [{ protocol: "cohere-v1" }, sigmoid],
    [{ protocol: "jina" }, sigmoid],
    [{ protocol: "voyage" }, sigmoid],
    [{ protocol: "mixedbread" }, sigmoid],
    [{ protocol: "tei" }, sigmoid],
    [{ protocol: "tei", rawScores: true }, raw],
    [{ protocol: "tei-predict" }, sigmoid],
    [{ protocol: "tei-predict", rawScores: true }, raw],
    [{ protocol: "vllm" }, sigmoid],
    [{ protocol: "vllm", rawScores: true }, raw],
    [{ protocol: "vllm-score" }, sigmoid],
    [{ protocol: "vllm-score", rawScores: true }, raw],
    [{ protocol: "infinity" }, sigmoid],
    [{ protocol: "infinity", rawScores: true }, raw],
  ])("returns the model's scores with %j", async (options, scale) => {
    await expectScores(new HttpCrossEncoder({ url, ...options }), scale);
  });

  it("covers every protocol above", () => {
    expect(Object.keys(httpProtocols).sort()).toEqual([
      "cohere",
      "cohere-v1",
      "infinity",
      "jina",
      "mixedbread",
      "tei",
      "tei-predict",
      "vllm",
      "vllm-score",
      "voyage",
    ]);
  });

  it("sends its key and the model's name, and splits requests that are too large", async () => {
    const apiKey = "a-key-of-the-server";
    const model = "toy";
    await expectScores(new HttpCrossEncoder({ url: strict, protocol: "jina", apiKey, model }), sigmoid);
    await expectScores(new HttpCrossEncoder({ url: strict, protocol: "vllm-score", apiKey, model }), sigmoid);
    const other = new HttpCrossEncoder({ url: strict, protocol: "jina", apiKey, model: "other" });
    await expect(other.score(PAIRS)).rejects.toMatchObject({
      status: 404,
      serverMessage: expect.stringContaining("unknown name"),
    });
    const stranger = new HttpCrossEncoder({ url: strict, protocol: "jina", apiKey: "another-key", model });
    await expect(stranger.score(PAIRS)).rejects.toMatchObject({ status: 401 });
  });

  it("shows the server's message for a rejected request", async () => {
    const wrong = new HttpCrossEncoder({ url, protocol: "tei", modelKwargs: { truncate: 7 } });
    await expect(wrong.score(PAIRS)).rejects.toMatchObject({
      name: "HttpEndpointError",
      serverMessage: expect.stringContaining("truncate"),
    });
    const lost = new HttpCrossEncoder({ url, protocol: "tei", path: "/none" });
    await expect(lost.score(PAIRS)).rejects.toThrow(/answered 404: .*POST \/rerank/);
  });
});
