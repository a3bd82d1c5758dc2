/** Byte strings from this length on are not copied until {@link ProtobufWriter.finish}. */
const LARGE_BYTES = 4096;
const FIRST_CHUNK_BYTES = 64;
/** Maximum length of an integer: 64 bits, seven in each byte. */
const MAX_VARINT_BYTES = 10;

/**
 * Writes protobuf messages, the wire format of ONNX files. Large byte strings are only copied once, in
 * {@link ProtobufWriter.finish}.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */
export class ProtobufWriter {
  /** What comes before the chunk. */
  readonly #parts: Uint8Array[] = [];
  #partsLength = 0;
  #chunk = Buffer.allocUnsafe(FIRST_CHUNK_BYTES);
  /** Bytes of the chunk that are written. */
  #used = 0;

  /** Length in bytes of what has been written. */
  get length(): number {
    return this.#partsLength + this.#used;
  }

  /** Wire type 0: an integer, negative ones as 64-bit two's complement. */
  int(field: number, value: number | bigint): this {
    return this.#varint(field * 8).#varint(value);
  }

  /** Wire type 5: a float32. */
  float(field: number, value: number): this {
    this.#varint(field * 8 + 5);
    this.#reserve(4);
    this.#used = this.#chunk.writeFloatLE(value, this.#used);
    return this;
  }

  /** Wire type 2: bytes, preceded by their length. */
  bytes(field: number, value: Uint8Array): this {
    return this.#varint(field * 8 + 2)
      .#varint(value.length)
      .#push(value);
  }

  string(field: number, value: string): this {
    const length = Buffer.byteLength(value);
    this.#varint(field * 8 + 2).#varint(length);
    this.#reserve(length);
    this.#used += this.#chunk.write(value, this.#used);
    return this;
  }

  message(field: number, value: ProtobufWriter): this {
    this.#varint(field * 8 + 2).#varint(value.length);
    for (const part of value.#all()) this.#push(part);
    return this;
  }

  /** A repeated integer field in packed form. */
  ints(field: number, values: readonly (number | bigint)[]): this {
    const packed = new ProtobufWriter();
    for (const value of values) packed.#varint(value);
    return this.message(field, packed);
  }

  /** Returns everything that was written, in one array. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.length);
    let offset = 0;
    for (const part of this.#all()) {
      bytes.set(part, offset);
      offset += part.length;
    }
    return bytes;
  }

  #all(): readonly Uint8Array[] {
    return [...this.#parts, this.#chunk.subarray(0, this.#used)];
  }

  #push(part: Uint8Array): this {
    if (part.length < LARGE_BYTES) {
      this.#reserve(part.length);
      this.#chunk.set(part, this.#used);
      this.#used += part.length;
      return this;
    }
    this.#parts.push(this.#chunk.subarray(0, this.#used), part);
    this.#partsLength += this.#used + part.length;
    this.#chunk = this.#chunk.subarray(this.#used);
    this.#used = 0;
    return this;
  }

  /** Encodes an integer: seven bits in each byte, the lowest first. The top bit means that more bytes follow. */
  #varint(value: number | bigint): this {
    this.#reserve(MAX_VARINT_BYTES);
    if (typeof value === "number" && value >= 0 && value < 2 ** 31) {
      let rest = value;
      for (; rest > 127; rest >>>= 7) this.#chunk[this.#used++] = (rest & 127) | 128;
      this.#chunk[this.#used++] = rest;
    } else {
      let rest = BigInt.asUintN(64, BigInt(value));
      for (; rest > 127n; rest >>= 7n) this.#chunk[this.#used++] = Number(rest & 127n) | 128;
      this.#chunk[this.#used++] = Number(rest);
    }
    return this;
  }

  /** Makes room for so many bytes after those that are written. */
  #reserve(length: number): void {
    if (this.#used + length <= this.#chunk.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.#chunk.length, this.#used + length));
    this.#chunk.copy(larger, 0, 0, this.#used);
    this.#chunk = larger;
  }
}
