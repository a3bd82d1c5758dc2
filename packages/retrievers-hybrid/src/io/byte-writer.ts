/** Bytes that are collected before they are written. */
const CHUNK_BYTES = 1 << 20;
/** Maximum length of an encoded number in bytes. */
const MAX_VARINT_BYTES = 5;

const encoder = new TextEncoder();

/** Collects small synchronous writes into large ones. Call `drain` whenever `isFull` is true, and at the end. */
export class ByteWriter {
  #bytes = new Uint8Array(CHUNK_BYTES);
  #length = 0;

  /** @param write appends bytes; they do not change before its promise resolves */
  constructor(private readonly write: (bytes: Uint8Array) => Promise<void>) {}

  get isFull(): boolean {
    return this.#length >= CHUNK_BYTES / 2;
  }

  bytes(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** Writes a whole number from 0 to below 2³² in one to five bytes: seven bits in each, the lowest first. */
  varint(value: number): void {
    this.#reserve(MAX_VARINT_BYTES);
    let left = value;
    while (left > 0x7f) {
      this.#bytes[this.#length++] = (left & 0x7f) | 0x80;
      left >>>= 7;
    }
    this.#bytes[this.#length++] = left;
  }

  /** Writes a text without lone surrogates: its length in bytes, then its UTF-8. */
  text(text: string): void {
    const bytes = encoder.encode(text);
    this.varint(bytes.length);
    this.bytes(bytes);
  }

  async drain(): Promise<void> {
    const bytes = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    await this.write(bytes);
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
  }
}
