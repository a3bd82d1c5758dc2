import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { readSettings } from "../../src/server/server-settings.js";

let modelDir: string;
beforeAll(async () => {
  modelDir = await mkdtemp(join(tmpdir(), "model-"));
  await writeFile(join(modelDir, "config.json"), "{}");
});
afterAll(() => rm(modelDir, { recursive: true }));

const HUB = { HF_MODEL_ID: "org/model" };

describe("the server's settings", () => {
  it("load the model of the command line, else the one that SageMaker unpacked, else a hub id", () => {
    const hub = { ...HUB, HF_MODEL_REVISION: "v2" };
    expect(readSettings(hub, {}, modelDir).model).toMatchObject({ model: modelDir });
    expect(readSettings(hub, {}, "/nowhere").model).toMatchObject({ model: "org/model", revision: "v2" });
    expect(readSettings(hub, { model: "./mine" }, modelDir).model).toMatchObject({ model: "./mine" });
  });

  it("say what to do if the model is missing", () => {
    expect(() => readSettings({}, {}, "/nowhere")).toThrow(
      "/nowhere has no config.json and HF_MODEL_ID is not set",
    );
  });

  it("listen on SageMaker's port", () => {
    expect(readSettings(HUB)).toMatchObject({ host: "127.0.0.1", port: 8080 });
    const given = { ...HUB, HOST: "0.0.0.0", PORT: "9000" };
    expect(readSettings(given)).toMatchObject({ host: "0.0.0.0", port: 9000 });
    expect(readSettings({ ...given, SAGEMAKER_BIND_TO_PORT: "9001" })).toMatchObject({ port: 9001 });
    expect(readSettings(given, { port: "0" })).toMatchObject({ port: 0 });
  });

  it("have the defaults that the README names", () => {
    expect(readSettings(HUB)).toMatchObject({
      model: { dtype: "fp32", maxLength: undefined, threads: availableParallelism() },
      limits: {
        bodyBytes: 6_291_456,
        pairsPerRequest: 256,
        concurrentRequests: 512,
        outstandingTokens: 1_048_576,
        inflightBytes: 268_435_456,
        pairsPerBatch: 64,
        tokensPerBatch: 16_384,
        connections: undefined,
      },
      autoTruncate: true,
      logLevel: "info",
      shutdownGraceMs: 25_000,
    });
  });

  it("take the values of the environment, and ignore empty ones", () => {
    expect(
      readSettings({ ...HUB, DTYPE: "int8", MAX_LENGTH: "128", THREADS: "3", AUTO_TRUNCATE: "0" }),
    ).toMatchObject({ model: { dtype: "int8", maxLength: 128, threads: 3 }, autoTruncate: false });
    expect(readSettings({ ...HUB, PORT: "", THREADS: "", AUTO_TRUNCATE: "" })).toMatchObject({
      port: 8080,
      model: { threads: availableParallelism() },
      autoTruncate: true,
    });
  });

  it.each([
    ["MAX_BATCH_PAIRS", "0", 'Expected MAX_BATCH_PAIRS to be a positive integer, got "0".'],
    ["PAYLOAD_LIMIT", "6 MB", "Expected PAYLOAD_LIMIT"],
    ["PORT", "70000", "Expected a port from 0 to 65535"],
    ["AUTO_TRUNCATE", "maybe", 'Expected AUTO_TRUNCATE to be "true" or "false"'],
  ])("reject %s=%s", (name, value, message) => {
    expect(() => readSettings({ ...HUB, [name]: value })).toThrow(message);
  });
});
