import type { WorkSlices } from "@secondpass/core";
import type { ByteSink } from "./byte-sink.js";

/** A sink that collects all bytes in memory. */
export class MemorySink implements ByteSink {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** Number of bytes written. */
  get length(): number {
    return this.#length;
  }

  /** Copies of the chunks written, in order. */
  get chunks(): readonly Uint8Array[] {
    return this.#chunks;
  }

  async write(chunk: Uint8Array): Promise<void> {
    // Not `slice`: a Buffer's gives a view.
    this.#chunks.push(new Uint8Array(chunk));
    this.#length += chunk.length;
  }

  /** All bytes written, as one new array. */
  async toBytes(slices: WorkSlices): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.#length);
    let offset = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, offset);
      offset += chunk.length;
      if (slices.due()) await slices.pause();
    }
    return bytes;
  }
}
