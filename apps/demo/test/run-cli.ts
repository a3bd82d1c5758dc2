import { spawn } from "node:child_process";
import { join } from "node:path";

export interface CliRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a built program as a user does, without network. */
export function runCli(
  args: readonly string[],
  env: Record<string, string> = {},
  program = "cli.js",
): Promise<CliRun> {
  const cli = join(__dirname, "../dist", program);
  // A port without a listener replaces the network.
  const offline = { HF_ENDPOINT: "http://127.0.0.1:9", HF_TOKEN: "", HF_HUB_OFFLINE: "" };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...offline, ...env } });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
