import type { FileHandle } from "node:fs/promises";
import type { ByteSink } from "../io/byte-sink.js";

/** Appends to an open file. */
export function fileSink(handle: FileHandle): ByteSink {
  return {
    async write(chunk) {
      let written = 0;
      while (written < chunk.length) {
        const { bytesWritten } = await handle.write(chunk, written, chunk.length - written);
        written += bytesWritten;
      }
    },
  };
}
