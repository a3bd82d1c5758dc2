import type { ByteSink } from "../../io/byte-sink.js";
import { sha256 } from "../../io/sha256.js";
import type { FileMark } from "./store-link.js";

/** A sink that passes bytes on to another sink and computes their size and checksum. */
export class HashingSink implements ByteSink {
  readonly #hash = sha256();
  #bytes = 0;

  constructor(private readonly inner: ByteSink) {}

  async write(chunk: Uint8Array): Promise<void> {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    await this.inner.write(chunk);
  }

  /** Size and checksum of the bytes written so far. */
  mark(): FileMark {
    return { bytes: this.#bytes, sha256: this.#hash.digest() };
  }
}
