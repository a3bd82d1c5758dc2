import type { ByteSource } from "./byte-source.js";

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 18;
/** Maximum number of bytes that are read between two checks of `isLow`. */
const LOW_BYTES = 64;
const MAX_VARINT_BYTES = 5;

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Reads the output of a `ByteWriter`. Numbers are read synchronously: first call `fill` whenever `isLow` is true. */
export class ByteReader {
  #chunk = new Uint8Array(CHUNK_BYTES);
  #at = 0;
  #end = 0;
  /** Start of the next chunk. */
  #position = 0;

  /**
   * @param limit end of the bytes
   * @param onBytes receives all bytes once, in order
   * @param damaged makes the error for invalid bytes
   */
  constructor(
    private readonly source: ByteSource,
    private readonly limit: number,
    private readonly onBytes: (bytes: Uint8Array) => void,
    private readonly damaged: (reason: string) => Error,
  ) {}

  /** Number of bytes that have not been read yet. */
  get remaining(): number {
    return this.limit - this.#position + this.#end - this.#at;
  }

  get isLow(): boolean {
    return this.#end - this.#at < LOW_BYTES && this.#position < this.limit;
  }

  async fill(): Promise<void> {
    this.#chunk.copyWithin(0, this.#at, this.#end);
    this.#end -= this.#at;
    this.#at = 0;
    const length = Math.min(this.#chunk.length - this.#end, this.limit - this.#position);
    await this.#read(this.#chunk.subarray(this.#end, this.#end + length));
    this.#end += length;
  }

  varint(): number {
    let value = 0;
    for (let i = 0, scale = 1; i < MAX_VARINT_BYTES; i++, scale *= 128) {
      if (this.#at >= this.#end) break;
      const byte = this.#chunk[this.#at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > 0xffffffff) break;
        return value;
      }
    }
    throw this.damaged("a number in it is cut off or too large");
  }

  /**
   * Reads the numbers that are completely in the buffer, at most as many as fit into `into`.
   * @returns their count; 0 if the next one is cut off
   */
  varints(into: Uint32Array): number {
    const chunk = this.#chunk;
    const end = this.#end;
    let at = this.#at;
    let count = 0;
    for (; count < into.length && at < end; count++) {
      const byte = chunk[at]!;
      if (byte < 0x80) {
        into[count] = byte;
        at++;
        continue;
      }
      if (end - at < MAX_VARINT_BYTES && !hasEnd(chunk, at, end)) break;
      this.#at = at;
      into[count] = this.varint();
      at = this.#at;
    }
    this.#at = at;
    return count;
  }

  async text(): Promise<string> {
    if (this.isLow) await this.fill();
    const bytes = await this.bytes(this.varint());
    try {
      return decoder.decode(bytes);
    } catch {
      throw this.damaged("a text in it is not UTF-8");
    }
  }

  /** Returns the next bytes, which are valid until the next read. */
  async bytes(length: number): Promise<Uint8Array> {
    if (length > this.remaining) throw this.damaged("it ends too early");
    if (this.#end - this.#at < length && length <= CHUNK_BYTES) await this.fill();
    if (this.#end - this.#at >= length) {
      this.#at += length;
      return this.#chunk.subarray(this.#at - length, this.#at);
    }
    const bytes = new Uint8Array(length);
    const begun = this.#chunk.subarray(this.#at, this.#end);
    bytes.set(begun);
    this.#at = this.#end = 0;
    await this.#read(bytes.subarray(begun.length));
    return bytes;
  }

  /** Returns a copy of the next bytes. */
  async copy(length: number): Promise<Uint8Array> {
    const bytes = await this.bytes(length);
    return bytes.buffer === this.#chunk.buffer ? bytes.slice() : bytes;
  }

  async #read(into: Uint8Array): Promise<void> {
    if (into.length === 0) return;
    await this.source.read(into, this.#position);
    this.#position += into.length;
    this.onBytes(into);
  }
}

/** Whether a number ends within the bytes. */
function hasEnd(bytes: Uint8Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (bytes[i]! < 0x80) return true;
  return false;
}
