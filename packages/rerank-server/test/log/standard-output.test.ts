import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import { until } from "@secondpass/test-kit";

/** Starts a server in a separate process that logs to standard output and prints its address to standard error. */
function startProcess(output: "pipe" | number = "pipe") {
  const program = `
    const { createRerankServer } = require(${JSON.stringify(join(__dirname, "../../dist/index.cjs"))});
    const model = { model: "toy".repeat(2000), labels: ["a"], maxLength: 9, countTokens: () => 3, dispose: async () => {},
      logits: async (pairs) => pairs.map(() => Float32Array.of(1)) };
    createRerankServer({ model, logLevel: "trace" }, { port: 0 }).then(({ url }) => process.stderr.write(url + "\\n"));`;
  return spawn(process.execPath, ["-e", program], { stdio: ["ignore", output, "pipe"] });
}

/** Whether the size of a process's files can be limited while it runs. */
const CAN_LIMIT = process.platform === "linux";

describe("a log", () => {
  it.each(["stalls", "leaves"])("whose reader %s does not block the server", async (what) => {
    const child = startProcess();
    let url = "";
    child.stderr?.setEncoding("utf8").on("data", (text) => {
      url += text;
    });
    await until(() => url.includes("\n"));
    if (what === "leaves") child.stdout?.destroy();
    else child.stdout?.pause();
    // More lines than fit into a pipe, which has 64 KiB on Linux.
    for (let round = 0; round < 20; round++) {
      const pings = Array.from({ length: 25 }, async () => (await fetch(`${url.trim()}/ping`)).arrayBuffer());
      await Promise.all(pings);
    }
    expect((await fetch(`${url.trim()}/ping`)).status).toBe(200);
    expect(child.exitCode).toBeNull();
    child.kill("SIGKILL");
    child.stdout?.resume();
    await once(child, "exit");
  });

  (CAN_LIMIT ? it : it.skip)(
    "whose disk is full does not end the server, and continues when there is room",
    async () => {
      const folder = mkdtempSync(join(tmpdir(), "secondpass-log-"));
      const file = join(folder, "log");
      const log = openSync(file, "a");
      const child = startProcess(log);
      let url = "";
      child.stderr?.setEncoding("utf8").on("data", (text) => {
        url += text;
      });
      await until(() => url.includes("\n"));
      const ping = async () => (await fetch(`${url.trim()}/ping`)).status;
      const limit = (bytes: string) =>
        execFileSync("prlimit", [`--pid=${child.pid}`, `--fsize=${bytes}:unlimited`]);
      const lines = () => readFileSync(file, "utf8").split("\n").length;
      await until(async () => (await ping()) === 200 && lines() > 2);
      // A limit on the file's size simulates a full disk.
      limit("1");
      const before = lines();
      for (let round = 0; round < 3; round++) expect(await ping()).toBe(200);
      expect(lines()).toBe(before);
      limit("unlimited");
      await until(async () => (await ping()) === 200 && lines() > before);
      child.kill("SIGKILL");
      await once(child, "exit");
      closeSync(log);
      rmSync(folder, { recursive: true });
    },
  );
});
