import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from "@jest/globals";
import {
  type SagemakerEndpointCrossEncoder,
  SagemakerEndpointError,
} from "@secondpass/cross-encoders/sagemaker";
import { type Fault, faults } from "@secondpass/test-kit/sagemaker";
import { type RealEndpoint, startRealEndpoint } from "./real-endpoint.js";

// Loading a model and starting worker threads takes seconds on a busy machine.
jest.setTimeout(60_000);

/** Time limit of the client in the tests about it. */
const CLIENT_TIMEOUT_MS = 300;

const QUERY = "how tall is the mountain?";
const PAIRS = ["It is 4806 metres high.", "The lake is deep.", "short", "another passage"].map(
  (text) => [QUERY, text] as const,
);

/** The real client, the front that verifies its signatures, our server and a real model. */
let endpoint: RealEndpoint;
let expected: readonly number[];
beforeAll(async () => {
  endpoint = await startRealEndpoint();
  expected = await endpoint.crossEncoder().score(PAIRS);
});
afterAll(() => endpoint.close());

// The SDK multiplies its waits by this number, so that retries are real but do not wait.
beforeEach(() => {
  jest.spyOn(Math, "random").mockReturnValue(0);
});
afterEach(() => {
  jest.restoreAllMocks();
});

/** What the user sees, and the number of requests. */
async function scoreUnder(
  script: readonly Fault[],
  crossEncoder: SagemakerEndpointCrossEncoder = endpoint.crossEncoder(),
) {
  const before = endpoint.front.requests.length;
  endpoint.front.script(...script);
  const result = await crossEncoder.score(PAIRS).catch((error: unknown) => error);
  const requests = endpoint.front.requests.length - before;
  return { result, requests };
}

/** Largest difference of a pair's score between batches: float32's rounding. */
const SAME_SCORE = 1e-5;

/** Each pair has its own score in any batch. */
function expectScores(result: unknown): void {
  expect(result).toHaveLength(expected.length);
  expected.forEach((score, place) => {
    expect(Math.abs((result as readonly number[])[place]! - score)).toBeLessThan(SAME_SCORE);
  });
}

const times = (count: number, fault: Fault) => Array.from({ length: count }, () => fault);

describe("a transient fault is not visible to the user", () => {
  it.each<[string, Fault[], number]>([
    ["throttling with status 400 and a null message", [faults.throttle()], 2],
    ["throttling twice", times(2, faults.throttle()), 3],
    ["429", [faults.tooManyRequests()], 2],
    ["a container's 429 in a 424", [faults.modelError(429, "overloaded")], 2],
    ["a container's 503 in a 424", [faults.modelError(503, "still loading")], 2],
    ["503 with Retry-After", [faults.unavailable(0)], 2],
    ["530", [faults.internalDependency()], 2],
    ["an HTML 502", [faults.htmlBadGateway()], 2],
    ["a reset connection", [faults.reset()], 2],
    ["a body that is cut in transfer", [faults.cutMidBody()], 2],
    ["truncated JSON", [faults.truncatedJson()], 2],
    ["NaN once, which is not JSON either", [faults.nan()], 2],
    ["a slow answer", [faults.slow(50)], 1],
    // First whole, then in halves.
    ["413", [faults.tooLarge()], 3],
    ["a container that gives no answer", [faults.modelError(0, "timed out")], 3],
    // First 429, then 413, then both halves, one of them after a reset.
    ["several at a time", [faults.tooManyRequests(), faults.tooLarge(), faults.reset()], 5],
  ])("%s", async (_name, script, requests) => {
    const seen = await scoreUnder(script);
    expectScores(seen.result);
    expect(seen.requests).toBe(requests);
  });
});

describe("a permanent fault is reported", () => {
  it.each<[string, Fault, number, object, string]>([
    [
      "throttling",
      faults.throttle(),
      3,
      { code: "ThrottlingException", status: 400 },
      "lower `maxConcurrency`",
    ],
    ["429", faults.tooManyRequests(), 3, { status: 429 }, "Rate exceeded"],
    ["a container's 429", faults.modelError(429), 3, { status: 424, originalStatus: 429 }, "answered 429"],
    ["a container's 503", faults.modelError(503), 3, { status: 424, originalStatus: 503 }, "answered 503"],
    [
      "a container's 400",
      faults.modelError(400, "bad shape"),
      1,
      { status: 424, originalStatus: 400, originalMessage: "bad shape", attempts: 1 },
      "log-group:/aws/sagemaker/Endpoints/stand-in",
    ],
    ["a container's 500", faults.modelError(500), 1, { originalStatus: 500 }, "answered 500"],
    // The whole, then the first half; the second half is not tried.
    ["a container that dies", faults.modelError(0), 2, { originalStatus: 0 }, "gave no answer"],
    ["413", faults.tooLarge(), 2, { status: 413 }, "lower `maxPairsPerRequest`"],
    ["503", faults.unavailable(0), 3, { status: 503, attempts: 3 }, "after 3 attempts"],
    ["530", faults.internalDependency(), 3, { status: 530 }, "InternalDependencyException"],
    ["an HTML 502", faults.htmlBadGateway(), 3, { status: 502 }, "an error that is not AWS's"],
    ["a reset connection", faults.reset(), 3, { status: undefined }, "could not be reached"],
    ["a body that is always cut", faults.cutMidBody(), 3, { status: undefined }, "could not be reached"],
  ])("%s", async (_name, fault, requests, fields, message) => {
    const seen = await scoreUnder(times(requests, fault));
    expect(seen.requests).toBe(requests);
    expect(SagemakerEndpointError.isInstance(seen.result)).toBe(true);
    expect(seen.result).toMatchObject({
      name: "SagemakerEndpointError",
      endpointName: "reranker",
      ...fields,
    });
    expect(String(seen.result)).toContain(message);
  });

  it.each<[string, Fault, number, string]>([
    ["truncated JSON, requested twice", faults.truncatedJson(), 2, "Expected JSON, got {"],
    ["NaN, which is not JSON", faults.nan(), 2, "NaN"],
    [
      "a missing score, which another request would not fix",
      faults.wrongCount(),
      1,
      "Expected 4 scores, got 3",
    ],
  ])("%s", async (_name, fault, requests, message) => {
    const seen = await scoreUnder(times(requests, fault));
    expect(seen.requests).toBe(requests);
    expect(seen.result).toMatchObject({ name: "SagemakerResponseError", pairs: 4 });
    expect(String(seen.result)).toContain(message);
  });

  it("an endpoint that never answers, at the client's time limit", async () => {
    const started = performance.now();
    const crossEncoder = endpoint.crossEncoder({ timeoutMs: CLIENT_TIMEOUT_MS });
    const { result, requests } = await scoreUnder([faults.silent()], crossEncoder);
    expect(result).toMatchObject({ name: "SagemakerTimeoutError", timeoutMs: CLIENT_TIMEOUT_MS, pairs: 4 });
    expect(requests).toBe(1);
    expect(performance.now() - started).toBeLessThan(CLIENT_TIMEOUT_MS * 10);
  });

  it("retries that would outlast the time limit, at the limit", async () => {
    // The SDK waits as long as Retry-After says, at most 5 s longer than its own wait.
    const crossEncoder = endpoint.crossEncoder({ timeoutMs: CLIENT_TIMEOUT_MS });
    const { result, requests } = await scoreUnder([faults.unavailable(4)], crossEncoder);
    expect(result).toMatchObject({ name: "SagemakerTimeoutError" });
    expect(requests).toBe(1);
  });

  it("a wrong key, immediately", async () => {
    const crossEncoder = endpoint.crossEncoder(
      {},
      { credentials: { accessKeyId: "AKIDSTANDIN", secretAccessKey: "not the key" } },
    );
    const { result, requests } = await scoreUnder([], crossEncoder);
    expect(result).toMatchObject({ status: 403, code: "InvalidSignatureException" });
    expect(requests).toBe(1);
  });

  it("a name that no endpoint has, immediately", async () => {
    const { result, requests } = await scoreUnder([], endpoint.crossEncoder({ endpointName: "nobody" }));
    expect(String(result)).toContain("Endpoint nobody of account 123456789012 not found");
    expect(requests).toBe(1);
  });
});

describe("many requests", () => {
  it("are all ended if one fails permanently, and no other begins", async () => {
    const crossEncoder = endpoint.crossEncoder({ maxPairsPerRequest: 1, maxConcurrency: 2 });
    const seen = await scoreUnder([faults.silent(), faults.modelError(400, "fatal")], crossEncoder);
    expect(seen.result).toMatchObject({ originalMessage: "fatal" });
    expect(seen.requests).toBe(2);
  });

  it("each handle their own faults, and the order stays", async () => {
    const crossEncoder = endpoint.crossEncoder({ maxPairsPerRequest: 1, maxConcurrency: 4 });
    const script = [faults.throttle(), faults.slow(30), faults.reset(), faults.truncatedJson()];
    const seen = await scoreUnder(script, crossEncoder);
    expectScores(seen.result);
    expect(seen.requests).toBe(7);
  });

  it("end at the caller's signal with its reason", async () => {
    const controller = new AbortController();
    endpoint.front.script(faults.silent());
    const scores = endpoint.crossEncoder().score(PAIRS, { signal: controller.signal });
    setTimeout(() => controller.abort(new Error("the user left")), 30);
    await expect(scores).rejects.toThrow("the user left");
  });
});
