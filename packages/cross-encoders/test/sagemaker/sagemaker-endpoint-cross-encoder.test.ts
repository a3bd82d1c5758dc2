import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { TextPair } from "@secondpass/core";
import { STAND_IN_CREDENTIALS, STAND_IN_REGION } from "@secondpass/test-kit/sagemaker";
import {
  type CrossEncoderContentHandler,
  contentHandlers,
  SagemakerEndpointCrossEncoder,
} from "../../src/sagemaker/index.js";
import { type StandIn, scoreOf, startStandIn } from "./stand-in.js";

const pairsOf = (count: number): TextPair[] =>
  Array.from({ length: count }, (_, index) => [`query ${index % 3}`, "x".repeat(index)]);

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(async () => {
  await standIn[Symbol.asyncDispose]();
});

/** Requests that a task sent. */
async function requestsOf(task: () => Promise<unknown>) {
  const before = standIn.front.requests.length;
  await task();
  return standIn.front.requests.slice(before);
}

describe("splitting", () => {
  it("splits by number of pairs and returns scores in the caller's order", async () => {
    const pairs = pairsOf(70);
    const requests = await requestsOf(async () => {
      expect(await standIn.crossEncoder().score(pairs)).toEqual(pairs.map(scoreOf));
    });
    expect(requests).toHaveLength(3);
  });

  it("splits by UTF-8 bytes: no body is larger than the limit", async () => {
    const pairs = Array.from({ length: 12 }, (_, index): TextPair => ["q", "é😀\n".repeat(index * 4)]);
    const requests = await requestsOf(async () => {
      const crossEncoder = standIn.crossEncoder({ maxBytesPerRequest: 600 });
      expect(await crossEncoder.score(pairs)).toEqual(pairs.map(scoreOf));
    });
    expect(requests.length).toBeGreaterThan(1);
    expect(Math.max(...requests.map(({ body }) => body.byteLength))).toBeLessThanOrEqual(600);
  });

  it("splits again if a handler's body is larger than planned", async () => {
    const wordy: CrossEncoderContentHandler = {
      ...contentHandlers.pairs(),
      transformInput: (pairs) => JSON.stringify({ pairs, padding: "p".repeat(pairs.length * 100) }),
    };
    const requests = await requestsOf(() =>
      standIn.crossEncoder({ contentHandler: wordy, maxBytesPerRequest: 400 }).score(pairsOf(8)),
    );
    expect(Math.max(...requests.map(({ body }) => body.byteLength))).toBeLessThanOrEqual(400);
  });

  it("throws for a pair that is too large alone, and does not send it", async () => {
    const requests = await requestsOf(() =>
      expect(
        standIn.crossEncoder({ maxBytesPerRequest: 100 }).score([["q", "x".repeat(200)]]),
      ).rejects.toMatchObject({ name: "RequestTooLargeError", maxBytes: 100 }),
    );
    expect(requests).toEqual([]);
  });

  it("sends nothing for no pairs", async () => {
    expect(await requestsOf(() => standIn.crossEncoder().score([]))).toEqual([]);
  });

  it("respects maxConcurrency over all calls of one object", async () => {
    await using own = await startStandIn();
    const crossEncoder = own.crossEncoder({ maxConcurrency: 2, maxPairsPerRequest: 1 });
    await Promise.all([crossEncoder.score(pairsOf(6)), crossEncoder.score(pairsOf(6))]);
    expect(own.peak()).toBeLessThanOrEqual(2);
  });

  it("reports progress up to the end", async () => {
    const seen: number[] = [];
    const crossEncoder = standIn.crossEncoder({ maxConcurrency: 1, maxPairsPerRequest: 4 });
    await crossEncoder.score(pairsOf(10), { onProgress: (done) => seen.push(done) });
    expect(seen).toEqual([4, 8, 10]);
  });
});

describe("requests", () => {
  it("contain the endpoint's and the model's parameters, and the MIME types", async () => {
    const [request] = await requestsOf(() =>
      standIn
        .crossEncoder({
          modelKwargs: { truncate: true },
          endpointKwargs: {
            TargetVariant: "blue",
            TargetModel: "a.tar.gz",
            InferenceComponentName: "part",
            CustomAttributes: "trace=1",
            SessionId: "session",
          },
        })
        .score([["q", "t"]]),
    );
    expect(request?.headers).toMatchObject({
      "content-type": "application/json",
      accept: "application/json",
      "x-amzn-sagemaker-target-variant": "blue",
      "x-amzn-sagemaker-target-model": "a.tar.gz",
      "x-amzn-sagemaker-inference-component": "part",
      "x-amzn-sagemaker-custom-attributes": "trace=1",
      "x-amzn-sagemaker-session-id": "session",
    });
    expect(JSON.parse(String(request?.body))).toEqual({ truncate: true, pairs: [["q", "t"]] });
  });

  it("throw if a two-logit endpoint returns 2n numbers", async () => {
    await using own = await startStandIn({ answer: () => ({ scores: [1, 2, 3, 4] }) });
    await expect(own.crossEncoder().score(pairsOf(2))).rejects.toThrow(
      /Expected 2 scores \(a model with two labels .* twice as many/,
    );
  });

  it("are checked for scores that are not finite", async () => {
    await using own = await startStandIn({ answer: () => ({ scores: [1, 2] }) });
    const contentHandler = { ...contentHandlers.pairs(), transformOutput: () => [1, Number.NaN] };
    await expect(own.crossEncoder({ contentHandler }).score(pairsOf(2))).rejects.toThrow(
      "Expected finite scores, got NaN for pair 1",
    );
  });
});

describe("settings", () => {
  const environment = { ...process.env };
  afterEach(() => {
    process.env = { ...environment };
  });

  it("come from a profile, and the address from AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME", async () => {
    const folder = await mkdtemp(join(tmpdir(), "aws-"));
    await writeFile(join(folder, "config"), `[profile work]\nregion = ${STAND_IN_REGION}\n`);
    await writeFile(
      join(folder, "credentials"),
      `[work]\naws_access_key_id = ${STAND_IN_CREDENTIALS.accessKeyId}\n` +
        `aws_secret_access_key = ${STAND_IN_CREDENTIALS.secretAccessKey}\n`,
    );
    Object.assign(process.env, {
      AWS_CONFIG_FILE: join(folder, "config"),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
      AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME: standIn.front.url,
    });
    const crossEncoder = new SagemakerEndpointCrossEncoder({ endpointName: "reranker", profile: "work" });
    expect(await crossEncoder.score([["q", "t"]])).toEqual([scoreOf(["q", "t"])]);
    await rm(folder, { recursive: true });
  });

  it("without a region throw, and say how to set one", async () => {
    process.env = { AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere" };
    const crossEncoder = new SagemakerEndpointCrossEncoder({ endpointName: "reranker", profile: "typo" });
    await expect(crossEncoder.score([["q", "t"]])).rejects.toMatchObject({
      name: "SagemakerSetupError",
      missing: "region",
      message: expect.stringContaining('the profile "typo"'),
    });
  });

  it.each(["", " ", "not a region"])("with the region %p throw", async (AWS_REGION) => {
    process.env = { AWS_CONFIG_FILE: "/nowhere", AWS_SHARED_CREDENTIALS_FILE: "/nowhere", AWS_REGION };
    const credentials = STAND_IN_CREDENTIALS;
    const crossEncoder = new SagemakerEndpointCrossEncoder({
      endpointName: "reranker",
      clientOptions: { credentials },
    });
    await expect(crossEncoder.score([["q", "t"]])).rejects.toMatchObject({
      name: "SagemakerSetupError",
      missing: "region",
      message: expect.stringContaining(`Expected AWS region, found "${AWS_REGION}": pass \`region\``),
    });
  });

  it("throw for an empty region", () => {
    expect(() => new SagemakerEndpointCrossEncoder({ endpointName: "reranker", region: "" })).toThrow(
      'Expected `region` to be the name of a region, or left out, got "".',
    );
  });

  it.each([
    ["maxConcurrency", 0],
    ["maxPairsPerRequest", 1.5],
    ["maxBytesPerRequest", Number.NaN],
    ["timeoutMs", -1],
  ])("throw for %s = %p", (option, value) => {
    expect(() => standIn.crossEncoder({ [option]: value })).toThrow(
      `Expected \`${option}\` to be a positive integer, got ${value}.`,
    );
  });

  it("throw for a client together with options of a client", () => {
    expect(() => standIn.crossEncoder({ region: STAND_IN_REGION })).toThrow("Expected `client`");
  });

  it("keep keys out of serialised forms, inspection and errors", async () => {
    const secrets = { accessKeyId: "AKIDLEAK", secretAccessKey: "secret-leak", sessionToken: "token-leak" };
    const crossEncoder = new SagemakerEndpointCrossEncoder({
      endpointName: "reranker",
      region: STAND_IN_REGION,
      clientOptions: { endpoint: standIn.front.url, credentials: { ...secrets } },
    });
    const error = await crossEncoder.score([["q", "t"]]).catch((reason: unknown) => reason);
    const everything = [
      JSON.stringify(crossEncoder),
      inspect(crossEncoder, { depth: 20, showHidden: true }),
      String(error),
      JSON.stringify(error),
      inspect(error, { depth: 20 }),
    ].join("\n");
    expect(everything).toContain("reranker");
    for (const secret of Object.values(secrets)) expect(everything).not.toContain(secret);
  });
});
