import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { createRerankServer, type RerankServer } from "@secondpass/rerank-server";
import { crossEncoderSuite, toyLogit, toyReranker } from "@secondpass/test-kit";
import { HttpCrossEncoder, type HttpCrossEncoderOptions } from "../../src/http/index.js";

const sigmoid = (logit: number) => 1 / (1 + Math.exp(-logit));
const PAIRS: TextPair[] = [
  ["query", "short"],
  ["another query", "a text of some length"],
  ["query", ""],
];

let server: RerankServer;
beforeAll(async () => {
  server = await createRerankServer({ model: toyReranker(), logLevel: "silent" }, { port: 0 });
  await server.ready;
});
afterAll(() => server.close());
const connect = (options: Omit<HttpCrossEncoderOptions, "url">) =>
  new HttpCrossEncoder({ url: server.url, ...options });

describe("HttpCrossEncoder on a rerank server", () => {
  crossEncoderSuite({ create: () => connect({ protocol: "tei" }) });

  it.each<[Omit<HttpCrossEncoderOptions, "url">, (logit: number) => number]>([
    [{ protocol: "tei" }, sigmoid],
    [{ protocol: "tei", rawScores: true }, (logit) => logit],
    [{ protocol: "cohere", path: "/invocations" }, sigmoid],
  ])("gets the model's scores with %j", async (options, scale) => {
    const scores = await connect(options).score(PAIRS);
    for (const [place, [, text]] of PAIRS.entries()) {
      expect(scores[place]).toBeCloseTo(scale(toyLogit(text)), 6);
    }
  });

  it("shows what the server says of a request that it rejects", async () => {
    await expect(
      connect({ protocol: "tei", modelKwargs: { truncate: 7 } }).score(PAIRS),
    ).rejects.toMatchObject({
      name: "HttpEndpointError",
      serverMessage: expect.stringContaining("truncate"),
    });
    await expect(connect({ protocol: "tei", path: "/none" }).score(PAIRS)).rejects.toThrow(
      /answered 404: .*POST \/rerank/,
    );
  });
});
