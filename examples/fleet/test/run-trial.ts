import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll } from "@jest/globals";

/**
 * Runs a program of `trials` in plain Node, because jest cannot import ES modules.
 * @returns its last line, parsed as JSON
 * @throws {Error} with its output, if it fails
 */
export async function runTrial<Result>(name: string, settings: object = {}): Promise<Result> {
  const program = join(__dirname, "trials", `${name}.mjs`);
  const child = spawn(process.execPath, [program, JSON.stringify(settings)], {
    stdio: ["ignore", "pipe", "pipe"],
    // Set explicitly, because the default differs under jest.
    env: process.env,
  });
  running.add(child);
  let [printed, said] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (process.env.FLEET_TRIAL_LOG) process.stderr.write(text);
  });
  const [code] = await once(child, "close");
  running.delete(child);
  if (code !== 0) throw new Error(`The trial "${name}" ended with ${code}: ${said.slice(-4000)}`);
  return JSON.parse(printed.trimEnd().split("\n").at(-1) ?? "");
}

const running = new Set<ChildProcess>();
// The test ran out of time: the trial ends its processes at SIGTERM.
afterAll(async () => {
  for (const child of running) {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "close");
  }
});
