import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, jest } from "@jest/globals";
import { RERANKER_PATH } from "@secondpass/mini-models";
import { post } from "@secondpass/test-kit";
import { type ContainerProcess, startContainerProcess } from "@secondpass/test-kit/sagemaker";

// Loading a model takes a process seconds on a busy machine.
jest.setTimeout(60_000);

/** The command of `docker run IMAGE serve`: the image's ENTRYPOINT and SageMaker's argument. */
const COMMAND = [process.execPath, join(__dirname, "../dist/cli.js"), "serve"] as const;

let container: ContainerProcess | undefined;
afterEach(async () => {
  await container?.stop();
});

describe("the program of the image", () => {
  it("serves on SageMaker's port, answers requests in progress at SIGTERM, and exits with 0", async () => {
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

  it.each([
    ["after a grace period that is too short", { SHUTDOWN_GRACE_MS: "1" }, 1],
    ["at a second SIGTERM", {}, 2],
  ])("answers 503 to requests in progress %s, and exits with 0", async (_name, env, signals) => {
    const own = await startContainerProcess({
      command: COMMAND,
      env: { HF_MODEL_ID: RERANKER_PATH, ...env },
    });
    container = own;
    const pairs = Array.from({ length: 256 }, () => ["how tall is it?", "passage ".repeat(1000)]);
    const answers = [1, 2, 3].map(() => post(own, { pairs }));
    const metrics = async () => (await fetch(`${own.url}/metrics`)).text();
    while (!/^rerank_admitted_requests 3$/m.test(await metrics())) await new Promise(setImmediate);
    const ended = own.stop();
    if (signals === 2) {
      // Two signals in quick succession count as one.
      while (
        await fetch(`${own.url}/ping`).then(
          ({ ok }) => ok,
          () => false,
        )
      )
        await new Promise(setImmediate);
      expect(await own.stop()).toBe(0);
    }
    expect(await ended).toBe(0);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(statuses).toContain(503);
    expect(statuses.filter((status) => status !== 200 && status !== 503)).toEqual([]);
  });

  it("says what is wrong and exits with an error if the model cannot be loaded", async () => {
    const started = startContainerProcess({ command: COMMAND, env: { HF_MODEL_ID: "./no-such-model" } });
    await expect(started).rejects.toThrow(/ended too early: .*no-such-model/);
  });
});

/** Whether this process may mount file systems, as a container's runtime does. */
const canMount =
  process.platform === "linux" &&
  process.getuid?.() === 0 &&
  spawnSync("unshare", ["-m", "true"]).status === 0;

/** Makes every file system read-only except one folder, and continues as a user who owns nothing. */
const READ_ONLY = `
set -e
for target in $(findmnt -rno TARGET | grep -Ev '^/(proc|sys|dev)'); do mount -o remount,bind,ro "$target"; done
mount -t tmpfs -o mode=0777 tmpfs "$XDG_CACHE_HOME"
exec setpriv --reuid=65534 --regid=65534 --clear-groups "$@"`;

(canMount ? describe : describe.skip)(
  "without root and with a read-only file system (needs root to set it up)",
  () => {
    it("serves", async () => {
      const cache = mkdtempSync(join(tmpdir(), "cache-"));
      try {
        const env = {
          HF_MODEL_ID: RERANKER_PATH,
          HF_HOME: cache,
          XDG_CACHE_HOME: cache,
          HOME: "/nonexistent",
        };
        const command = ["unshare", "-m", "sh", "-c", READ_ONLY, "sh", ...COMMAND] as const;
        const own = await startContainerProcess({ command, env });
        container = own;
        expect((await post(own, { pairs: [["a", "b"]] })).status).toBe(200);
        expect(await own.stop()).toBe(0);
      } finally {
        rmSync(cache, { recursive: true });
      }
    });
  },
);
