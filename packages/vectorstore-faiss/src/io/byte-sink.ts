import type { FileHandle } from "node:fs/promises";

/** Takes bytes in order. A chunk must not be changed until its promise settles. */
export interface ByteSink {
  write(chunk: Uint8Array): Promise<void>;
}

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

/** Collects everything in memory. */
export class MemorySink implements ByteSink {
  #chunks: Uint8Array[] = [];
  #length = 0;

  async write(chunk: Uint8Array): Promise<void> {
    // Not `slice`: a Buffer's gives a view.
    this.#chunks.push(Uint8Array.from(chunk));
    this.#length += chunk.length;
  }

  /** All that was written, as one array of its own. */
  toBytes(): Uint8Array {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
    }
    return bytes;
  }
}
