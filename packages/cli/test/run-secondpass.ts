import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { until } from "@secondpass/test-kit";

/** The built program. */
export const CLI = join(__dirname, "../dist/cli.js");

/** A process of the built program, without network. */
export interface Program {
  readonly child: ChildProcess;
  /** What it has written so far. */
  readonly output: { stdout: string; stderr: string };
  /** Its exit code; 128 and more if a signal killed it. */
  readonly ended: Promise<number>;
}

export function runSecondpass(
  words: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): Program {
  // A port on which nothing listens simulates a machine without network.
  const offline = { HF_ENDPOINT: "http://127.0.0.1:9", HF_TOKEN: "", HF_HUB_OFFLINE: "" };
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { ...process.env, ...offline, ...env },
    cwd,
  });
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
    });
  }
  const ended = once(child, "close").then(([code]) => (code ?? 128) as number);
  return { child, output, ended };
}

/** Starts `secondpass serve` on a free port, and waits until it prints its address. */
export async function serveSecondpass(
  words: readonly string[],
  env: Record<string, string> = {},
): Promise<Program & { readonly url: string }> {
  const program = runSecondpass(["serve", "--port", "0", ...words], env);
  await until(() => program.output.stdout.includes("\n") || program.child.exitCode !== null);
  const [, url] = / at (http:\S+) /.exec(program.output.stdout) ?? [];
  if (url === undefined) throw new Error(`It said ${program.output.stdout}${program.output.stderr}`);
  return { ...program, url };
}
