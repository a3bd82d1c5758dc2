import { afterAll, beforeAll, describe, expect, it, jest } from "@jest/globals";
import { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import { contentHandlers } from "@secondpass/cross-encoders/sagemaker";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { type RealEndpoint, startRealEndpoint } from "./real-endpoint.js";

// Loading a model and starting worker threads takes seconds on a busy machine.
jest.setTimeout(60_000);

const QUERY = "how tall is the mountain?";
const TEXTS = Array.from(
  { length: 40 },
  (_, index) => `Passage ${index}: ${"the mountain and the lake ".repeat(index % 7)}`,
);

describe("an endpoint instead of a local model", () => {
  let endpoint: RealEndpoint;
  let local: HuggingFaceCrossEncoder;
  let ranking: readonly number[];
  beforeAll(async () => {
    endpoint = await startRealEndpoint();
    local = new HuggingFaceCrossEncoder({ model: RERANKER_PATH });
    ranking = (await local.rank(QUERY, TEXTS)).map(({ index }) => index);
  });
  afterAll(async () => {
    await endpoint.close();
    await local.dispose();
  });

  it.each([
    ["pairs", contentHandlers.pairs()],
    ["textPairs", contentHandlers.textPairs()],
    ["teiRerank", contentHandlers.teiRerank()],
    ["teiRerank with raw scores", contentHandlers.teiRerank({ rawScores: true })],
    ["teiPredict", contentHandlers.teiPredict()],
    ["huggingFaceTextClassification", contentHandlers.huggingFaceTextClassification()],
    ["cohere", contentHandlers.cohere()],
  ])("returns the local ranking through %s", async (_name, contentHandler) => {
    const ranked = await endpoint.crossEncoder({ contentHandler }).rank(QUERY, TEXTS);
    expect(ranked.map(({ index }) => index)).toEqual(ranking);
  });
});

describe("the load of 64 connections", () => {
  /** Number of requests. bench/endpoint sends 2,000; fewer keep the suite fast. */
  const REQUESTS = 200;

  it("returns every request its own answer, and loses none", async () => {
    const endpoint = await startRealEndpoint();
    const texts = Array.from({ length: 50 }, (_, index) => `passage number ${index} about mountains`);
    const pairOf = (request: number) => [QUERY, texts[request % texts.length] as string] as const;
    const alone = await endpoint.crossEncoder().score(texts.map((_, index) => pairOf(index)));
    const crossEncoder = endpoint.crossEncoder({ maxConcurrency: 64, maxPairsPerRequest: 1 });
    const scores = await crossEncoder.score(Array.from({ length: REQUESTS }, (_, index) => pairOf(index)));
    // A pair's score in a batch with other requests' pairs equals its score alone, up to float32's rounding.
    scores.forEach((score, index) => {
      expect(Math.abs(score - (alone[index % texts.length] as number))).toBeLessThan(1e-5);
    });
    expect(endpoint.front.requests.filter(({ status }) => status !== 200)).toEqual([]);
    await endpoint.close();
  });
});
