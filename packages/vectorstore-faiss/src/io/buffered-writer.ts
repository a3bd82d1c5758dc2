import { byteCodec } from "./byte-codec.js";
import type { ByteSink } from "./byte-sink.js";

/** Bytes collected before they go to the sink. */
const CHUNK_BYTES = 1024 * 1024;

const float64 = new DataView(new ArrayBuffer(8));

/**
 * Collects small writes into large ones. The `put` methods are synchronous; call `drain` whenever `isFull`, and `end`
 * after the last write.
 */
export class BufferedWriter {
  #bytes = byteCodec.allocate(CHUNK_BYTES + CHUNK_BYTES / 4);
  #length = 0;
  #drained = 0;

  constructor(readonly sink: ByteSink) {}

  /** Number of bytes written so far. */
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
    this.#length += byteCodec.writeUtf8(this.#bytes, this.#length, text);
  }

  uint16(value: number): void {
    this.#littleEndian(value, 2);
  }

  int32(value: number): void {
    this.#littleEndian(value, 4);
  }

  uint32(value: number): void {
    this.#littleEndian(value, 4);
  }

  /** Big-endian, as pickles have it. */
  float64(value: number): void {
    float64.setFloat64(0, value);
    this.bytes(new Uint8Array(float64.buffer));
  }

  /** Writes large bytes straight to the sink. */
  async pass(values: Uint8Array): Promise<void> {
    await this.drain();
    await this.sink.write(values);
    this.#drained += values.length;
  }

  /** Writes the collected bytes to the sink. */
  async drain(): Promise<void> {
    await this.sink.write(this.#bytes.subarray(0, this.#length));
    this.#drained += this.#length;
    this.#length = 0;
  }

  /** Up to four bytes; negative numbers in two's complement. */
  #littleEndian(value: number, count: number): void {
    this.#reserve(count);
    for (let i = 0; i < count; i++) this.#bytes[this.#length++] = value >>> (8 * i);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = byteCodec.allocate(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
