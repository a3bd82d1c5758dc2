import { join } from "node:path";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { type ContainerProcess, startContainerProcess } from "@secondpass/test-kit/sagemaker";
import { post } from "./start-container.js";

// A process that loads a model: seconds on a machine that has other work.
jest.setTimeout(60_000);

/** What the image runs as `docker run IMAGE serve`: its ENTRYPOINT and SageMaker's word. */
const COMMAND = [process.execPath, join(__dirname, "../dist/cli.js"), "serve"] as const;

let container: ContainerProcess | undefined;
afterEach(async () => {
  await container?.stop();
});

describe("the program of the image", () => {
  it("serves on SageMaker's port, answers what is under way at SIGTERM, and leaves with 0", async () => {
    const own = await startContainerProcess({ command: COMMAND, env: { HF_MODEL_ID: RERANKER_PATH } });
    container = own;
    const pairs = Array.from({ length: 256 }, (_, index) => [
      "how tall is it?",
      `passage ${index} `.repeat(20),
    ]);
    const answer = post(own, { pairs });
    const metrics = async () => (await fetch(`${own.url}/metrics`)).text();
    while (!/^rerank_admitted_requests 1$/m.test(await metrics())) await new Promise(setImmediate);
    expect(await own.stop()).toBe(0);
    const { status, body } = await answer;
    expect(status).toBe(200);
    expect((body as { scores: number[] }).scores).toHaveLength(pairs.length);
  });

  it("says what is wrong and leaves with an error where the model cannot be loaded", async () => {
    const started = startContainerProcess({ command: COMMAND, env: { HF_MODEL_ID: "./no-such-model" } });
    await expect(started).rejects.toThrow(/ended too early: .*no-such-model/);
  });
});
