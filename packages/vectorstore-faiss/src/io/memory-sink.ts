import type { WorkSlices } from "@secondpass/core";
import type { ByteSink } from "./byte-sink.js";

/** Collects everything in memory. */
export class MemorySink implements ByteSink {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  /** Bytes that were written. */
  get length(): number {
    return this.#length;
  }

  /** Copies of what was written, in order. */
  get chunks(): readonly Uint8Array[] {
    return this.#chunks;
  }

  async write(chunk: Uint8Array): Promise<void> {
    // Not `slice`: a Buffer's gives a view.
    this.#chunks.push(new Uint8Array(chunk));
    this.#length += chunk.length;
  }

  /** All that was written, as one new array. */
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
