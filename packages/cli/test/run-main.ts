import { main } from "../src/main.js";

export interface RunOptions {
  readonly env?: Record<string, string>;
  readonly stdin?: string | readonly (string | Uint8Array)[];
  readonly signal?: AbortSignal;
  /** Columns of the terminal; undefined if the output is not a terminal. */
  readonly terminal?: number;
  /** Receives the output while it is written. */
  readonly output?: { stdout: string; stderr: string };
}

/** Runs the program in this process. */
export async function runMain(words: readonly string[], options: RunOptions = {}) {
  const { env = {}, stdin, signal, terminal, output = { stdout: "", stderr: "" } } = options;
  const written: Record<"stdout" | "stderr", Buffer[]> = { stdout: [], stderr: [] };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string | Uint8Array) => {
      written[name].push(Buffer.from(text as string));
      output[name] = Buffer.concat(written[name]).toString();
    },
    ...(terminal !== undefined && { isTTY: true, columns: terminal }),
  });
  const pieces = typeof stdin === "string" ? [stdin] : (stdin ?? []);
  const code = await main(words, {
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    env,
    signal,
    stdin: {
      isTTY: terminal !== undefined,
      async *[Symbol.asyncIterator]() {
        yield* pieces;
      },
    },
  });
  return { code, ...output, bytes: Buffer.concat(written.stdout) };
}
