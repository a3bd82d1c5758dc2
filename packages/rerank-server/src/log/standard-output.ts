import { writeSync } from "node:fs";
import { checkHasMethod } from "@secondpass/core";
import type { LogStream } from "./log-options.js";

/** Characters that wait for a reader. More are dropped: a log that nobody reads must not block the process or fill its memory. */
const MAX_WAITING = 1024 * 1024;
/** Temporary errors of a file, at which Node's stream would end. */
const FULL = new Set<unknown>(["ENOSPC", "EDQUOT", "EFBIG"]);

const guarded = new WeakSet<NodeJS.WriteStream>();

/**
 * Makes standard output a destination of log lines. If its reader stalls or leaves, or its disk is full, lines are dropped, and the process continues.
 * Once the disk has room, lines are written again.
 * @throws {InvalidOptionError} if `output` is not a stream
 */
export function standardOutput(
  output: NodeJS.WriteStream & { readonly fd?: number } = process.stdout,
): LogStream {
  checkHasMethod("output", output, ["write"], "a stream, such as process.stdout");
  return {
    write(line) {
      // EPIPE: the reader has left. Without a listener, it would end the process.
      if (!guarded.has(output)) output.on("error", () => {});
      guarded.add(output);
      if (output.writable && output.writableLength < MAX_WAITING) output.write(line);
      else if (FULL.has((output.errored as NodeJS.ErrnoException | null)?.code)) tryToWrite(output.fd, line);
    },
  };
}

/** Writes synchronously, as Node's own stream writes to a file. */
function tryToWrite(fd: number | undefined, line: string): void {
  try {
    if (fd !== undefined) writeSync(fd, line);
  } catch {
    // Still full.
  }
}
