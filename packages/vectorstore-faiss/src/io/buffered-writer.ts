import type { ByteSink } from "./byte-sink.js";

/** Bytes gathered before they go to the sink. */
const CHUNK_BYTES = 1024 * 1024;

/**
 * Gathers small writes into large ones. The `put` methods are synchronous; call `drain` whenever `isFull`, and `end`
 * when all is written.
 */
export class BufferedWriter {
  #bytes = Buffer.allocUnsafe(CHUNK_BYTES + CHUNK_BYTES / 4);
  #length = 0;
  #drained = 0;

  constructor(readonly sink: ByteSink) {}

  /** Bytes put so far. */
  get position(): number {
    return this.#drained + this.#length;
  }

  get isFull(): boolean {
    return this.#length >= CHUNK_BYTES;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  bytes(values: Uint8Array): void {
    this.#reserve(values.length);
    this.#bytes.set(values, this.#length);
    this.#length += values.length;
  }

  /** Text as UTF-8. */
  text(text: string): void {
    this.#reserve(text.length * 3);
    this.#length += this.#bytes.write(text, this.#length, "utf8");
  }

  uint16(value: number): void {
    this.#reserve(2);
    this.#length = this.#bytes.writeUInt16LE(value, this.#length);
  }

  int32(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeInt32LE(value, this.#length);
  }

  uint32(value: number): void {
    this.#reserve(4);
    this.#length = this.#bytes.writeUInt32LE(value, this.#length);
  }

  uint64(value: number): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeBigUInt64LE(BigInt(value), this.#length);
  }

  /** Big-endian, as pickles have it. */
  float64(value: number): void {
    this.#reserve(8);
    this.#length = this.#bytes.writeDoubleBE(value, this.#length);
  }

  /** Hands what is gathered to the sink. */
  async drain(): Promise<void> {
    await this.sink.write(this.#bytes.subarray(0, this.#length));
    this.#drained += this.#length;
    this.#length = 0;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(larger, 0, 0, this.#length);
    this.#bytes = larger;
  }
}
