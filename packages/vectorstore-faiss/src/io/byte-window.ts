import type { ByteSource } from "@secondpass/faiss/io";
import { byteCodec } from "./byte-codec.js";

/** Bytes read at once. Larger reads gain nothing, smaller ones cost a turn of the event loop each. */
const CHUNK_BYTES = 512 * 1024;

/** Asked for more bytes than the source has left. */
export class OutOfBytes extends Error {
  override readonly name = "OutOfBytes";
}

/**
 * Reads a source from front to back through a small buffer; bytes in memory are read as they lie. `bytes[start]` is the
 * next byte and `end - start` bytes are at hand without waiting; `fill` gets more. Every length is checked against the source before memory is taken.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Place in the source of `bytes[0]`. */
  #origin = 0;

  constructor(
    readonly source: ByteSource,
    /** The window ends here; what follows in the source is not read. */
    readonly size: number = source.size,
  ) {
    // What is in memory already need not be read.
    if (source.bytes !== undefined) {
      this.bytes = source.bytes;
      this.end = size;
    }
  }

  /** Place in the source of the next byte. */
  get position(): number {
    return this.#origin + this.start;
  }

  /** Bytes from the next one to the end. */
  get remaining(): number {
    return this.size - this.position;
  }

  has(count: number): boolean {
    return this.end - this.start >= count;
  }

  /** Waits until `count` bytes are at hand. @throws OutOfBytes */
  async fill(count: number): Promise<void> {
    if (count > this.remaining) throw new OutOfBytes(`${count} bytes wanted, ${this.remaining} left`);
    const held = this.end - this.start;
    if (held >= count) return;
    const wanted = Math.min(Math.max(count, CHUNK_BYTES), this.remaining);
    const bytes = wanted <= this.bytes.length ? this.bytes : byteCodec.allocate(wanted);
    bytes.set(this.bytes.subarray(this.start, this.end));
    const origin = this.position;
    await this.source.read(bytes.subarray(held, wanted), origin + held);
    this.bytes = bytes;
    this.#origin = origin;
    this.start = 0;
    this.end = wanted;
  }

  /** Goes on `count` bytes, past what is at hand if need be. @throws OutOfBytes */
  skip(count: number): void {
    if (count > this.remaining) throw new OutOfBytes(`${count} bytes wanted, ${this.remaining} left`);
    if (this.has(count)) {
      this.start += count;
      return;
    }
    this.#origin = this.position + count;
    this.start = 0;
    this.end = 0;
  }
}
