import { afterEach, beforeEach, describe, expect, it, jest } from "@jest/globals";
import { gate, type ToyReranker, toyLogit, toyReranker, until } from "@secondpass/test-kit";
import { type RealEndpoint, type RealEndpointOptions, startRealEndpoint } from "./real-endpoint.js";
import { startContainer } from "./start-container.js";

/** Faults that are not scripted, but caused by the real limits of the front and the server. */
const PAIRS = ["a", "longer text", "the longest text", "b"].map((text) => ["query", text] as const);
const SCORES = PAIRS.map(([, text]) => Math.fround(toyLogit(text)));
const BODY_BYTES = Buffer.byteLength(JSON.stringify({ pairs: PAIRS }));
/** Time for a container to answer, in ms. SageMaker gives it 60 s. */
const CONTAINER_TIMEOUT_MS = 1_000;

const running: RealEndpoint[] = [];
async function start(
  model: Parameters<typeof startContainer>[0],
  env: Record<string, string> = {},
  front: RealEndpointOptions["front"] = {},
) {
  const endpoint = await startRealEndpoint({ container: await startContainer(model, env), front });
  running.push(endpoint);
  return endpoint;
}
const statuses = ({ front }: RealEndpoint) => front.requests.map(({ status }) => status);

// The SDK multiplies its waits by this: long enough that the other requests have ended.
beforeEach(() => {
  jest.spyOn(Math, "random").mockReturnValue(0.5);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await Promise.all(running.splice(0).map((endpoint) => endpoint.close()));
});

describe("too much in one request", () => {
  it("is sent in halves if SageMaker rejects the body", async () => {
    const endpoint = await start(toyReranker(), {}, { maxBodyBytes: BODY_BYTES - 1 });
    expect(await endpoint.crossEncoder().score(PAIRS)).toEqual(SCORES);
    expect(statuses(endpoint)).toEqual([413, 200, 200]);
  });

  it("is sent in halves if the container rejects the body", async () => {
    const endpoint = await start(toyReranker(), { PAYLOAD_LIMIT: String(BODY_BYTES - 1) });
    expect(await endpoint.crossEncoder().score(PAIRS)).toEqual(SCORES);
    expect(statuses(endpoint)).toEqual([424, 200, 200]);
  });

  it("is sent in halves if the container rejects the number of pairs, and given up after that", async () => {
    const endpoint = await start(toyReranker(), { MAX_CLIENT_BATCH_SIZE: "2" });
    expect(await endpoint.crossEncoder().score(PAIRS)).toEqual(SCORES);
    expect(statuses(endpoint)).toEqual([424, 200, 200]);

    const narrow = await start(toyReranker(), { MAX_CLIENT_BATCH_SIZE: "1" });
    await expect(narrow.crossEncoder().score(PAIRS)).rejects.toMatchObject({
      originalStatus: 413,
      originalMessage: expect.stringContaining("Expected at most 1 pairs in a request, got 2."),
      message: expect.stringContaining("lower `maxPairsPerRequest`"),
    });
    expect(statuses(narrow)).toEqual([424, 424]);
  });

  it("is sent in halves if the container takes longer than SageMaker waits", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const endpoint = await start(model, {}, { containerTimeoutMs: CONTAINER_TIMEOUT_MS });
    const scores = endpoint.crossEncoder().score(PAIRS);
    await until(() => statuses(endpoint)[0] === 424);
    open();
    expect(await scores).toEqual(SCORES);
    expect(statuses(endpoint)).toEqual([424, 200, 200]);
  });
});

describe("not now", () => {
  it("is tried again if the container is busy", async () => {
    const model = toyReranker();
    const { open } = gate(model);
    const endpoint = await start(model, { MAX_CONCURRENT_REQUESTS: "1" });
    const scores = endpoint.crossEncoder({ maxPairsPerRequest: 2, maxConcurrency: 2 }).score(PAIRS);
    await until(() => statuses(endpoint).includes(424));
    open();
    expect(await scores).toEqual(SCORES);
    expect(statuses(endpoint).sort()).toEqual([200, 200, 424]);
  });

  it("is tried again if the container still loads its model", async () => {
    let loaded = (_model: ToyReranker) => {};
    const endpoint = await start(() => new Promise((resolve) => (loaded = resolve)));
    const scores = endpoint.crossEncoder().score(PAIRS);
    await until(() => statuses(endpoint)[0] === 424);
    loaded(toyReranker());
    expect(await scores).toEqual(SCORES);
    expect(statuses(endpoint)).toEqual([424, 200]);
  });
});
