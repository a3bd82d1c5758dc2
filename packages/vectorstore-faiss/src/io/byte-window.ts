import type { ByteSource } from "@secondpass/faiss/io";
import { byteCodec } from "./byte-codec.js";

/** Bytes of one read. Larger reads gain nothing, smaller ones cost a turn of the event loop each. */
const CHUNK_BYTES = 512 * 1024;

/** Thrown if a read needs more bytes than the source has left. */
export class OutOfBytes extends Error {
  override readonly name = "OutOfBytes";
}

/**
 * Reads a source from front to back through a small buffer; bytes in memory are read without copying. `bytes[start]` is the
 * next byte, and `end - start` bytes are available without waiting; `fill` gets more. Every length is checked against the source before memory is allocated.
 */
export class ByteWindow {
  bytes: Uint8Array = new Uint8Array(0);
  start = 0;
  end = 0;
  /** Position of `bytes[0]` in the source. */
  #origin = 0;

  constructor(
    readonly source: ByteSource,
    /** Where the window ends; bytes of the source after it are not read. */
    readonly size: number = source.size,
  ) {
    // A source in memory needs no reading.
    if (source.bytes !== undefined) {
      this.bytes = source.bytes;
      this.end = size;
    }
  }

  /** Position of the next byte in the source. */
  get position(): number {
    return this.#origin + this.start;
  }

  /** Number of bytes from the next one to the end. */
  get remaining(): number {
    return this.size - this.position;
  }

  has(count: number): boolean {
    return this.end - this.start >= count;
  }

  /** Waits until `count` bytes are available. @throws OutOfBytes */
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

  /** Skips `count` bytes, including bytes that are not read yet. @throws OutOfBytes */
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
