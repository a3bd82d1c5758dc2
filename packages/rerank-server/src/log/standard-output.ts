import type { LogStream } from "./log-options.js";

/** Characters that wait for a reader. More are dropped: a log that nobody reads must not hold or fill the process. */
const MAX_WAITING = 1024 * 1024;

const guarded = new WeakSet<NodeJS.WriteStream>();

/** Standard output as a place for log lines. If its reader stalls or leaves, lines are dropped, and the process goes on. */
export function standardOutput(output: NodeJS.WriteStream = process.stdout): LogStream {
  return {
    write(line) {
      // EPIPE: the reader has left. Without a listener, it would end the process.
      if (!guarded.has(output)) output.on("error", () => {});
      guarded.add(output);
      if (output.writable && output.writableLength < MAX_WAITING) output.write(line);
    },
  };
}
