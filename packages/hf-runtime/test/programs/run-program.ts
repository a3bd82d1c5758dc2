import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** How a program ended. */
export interface ProgramEnd {
  /** Exit code, or the signal that ended it. */
  readonly end: number | string | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs a program to its end. */
export async function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<ProgramEnd> {
  const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  const closed = new Promise<number | string | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => resolve(code ?? signal));
  });
  const [end, output, errors] = await Promise.all([closed, text(child.stdout), text(child.stderr)]);
  return { end, output, errors };
}
