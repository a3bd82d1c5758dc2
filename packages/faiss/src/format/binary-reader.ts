import { workSlices } from "@secondpass/core";
import { FaissFormatError } from "../errors/faiss-format-error.js";
import { MemoryLimitError } from "../errors/memory-limit-error.js";
import type { ByteSource } from "../io/byte-source.js";

/** Size of the window for short reads; long vectors bypass it. */
const WINDOW_BYTES = 64 * 1024;

/** Large payloads are read in pieces of this size, so that no single read blocks the event loop for long. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** Maximum depth of objects within objects (an IDMap of a refined IVF…); real files need three or four. */
const MAX_DEPTH = 12;

type ArrayType<T> = { new (buffer: ArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };

/**
 * Reads FAISS's little-endian primitives in order. Every length is compared with the remaining bytes *before*
 * memory of that size is allocated, so a damaged file throws a FaissFormatError instead of exhausting memory. Reading lets the
 * event loop turn every few milliseconds, also for bytes in memory, so that callers need no pauses.
 */
export class BinaryReader {
  private offset = 0;
  private depth = 0;
  private window = new Uint8Array(0);
  private windowStart = 0;
  private readonly slices = workSlices();

  constructor(private readonly source: ByteSource) {}

  /** Position of the next field, in bytes. */
  get position(): number {
    return this.offset;
  }

  get remaining(): number {
    return this.source.size - this.offset;
  }

  /** A FaissFormatError of `problem`, at the current byte. */
  formatError(problem: string): FaissFormatError {
    return new FaissFormatError(problem, this.offset);
  }

  /** @throws FaissFormatError of `problem`, at the current byte, if `condition` is false */
  expect(condition: boolean, problem: string): asserts condition {
    if (!condition) throw this.formatError(problem);
  }

  /** Runs `read` for an object inside an object. @throws FaissFormatError if objects are nested too deep */
  async nested<T>(read: () => Promise<T>): Promise<T> {
    this.expect(this.depth < MAX_DEPTH, `Objects are nested more than ${MAX_DEPTH} deep.`);
    this.depth++;
    const value = await read();
    this.depth--;
    return value;
  }

  /** A type tag: four ASCII characters. */
  async tag(): Promise<string> {
    return String.fromCharCode(...(await this.take(4)));
  }

  /** The next type tag, without consuming it. */
  async nextTag(): Promise<string> {
    const tag = await this.tag();
    this.offset -= 4;
    return tag;
  }

  async u8(): Promise<number> {
    return (await this.take(1))[0]!;
  }

  async bool(): Promise<boolean> {
    const value = await this.u8();
    this.expect(value <= 1, `Expected a boolean, 0 or 1, got ${value}.`);
    return value === 1;
  }

  async i32(): Promise<number> {
    return (await this.view(4)).getInt32(0, true);
  }

  async f32(): Promise<number> {
    return (await this.view(4)).getFloat32(0, true);
  }

  /** A 64-bit size, index or count that must be a safe integer of at least 0. */
  async size(): Promise<number> {
    const value = (await this.view(8)).getBigInt64(0, true);
    this.expect(value >= 0n && value <= Number.MAX_SAFE_INTEGER, `Expected a size, got ${value}.`);
    return Number(value);
  }

  /** A vector's element count, which must fit into the rest of the file. */
  async count(bytesPerElement: number): Promise<number> {
    const count = await this.size();
    this.requireElements(count, bytesPerElement);
    return count;
  }

  /** A counted vector. */
  async vector<T extends ArrayBufferView>(type: ArrayType<T>): Promise<T> {
    return this.elements(type, await this.count(type.BYTES_PER_ELEMENT));
  }

  /** `count` elements without a count before them. */
  async elements<T extends ArrayBufferView>(type: ArrayType<T>, count: number): Promise<T> {
    this.requireElements(count, type.BYTES_PER_ELEMENT);
    const bytes = allocate(count * type.BYTES_PER_ELEMENT);
    await this.fill(bytes);
    return new type(bytes.buffer);
  }

  /** Skips `count` elements. */
  skip(count: number, bytesPerElement: number): void {
    this.requireElements(count, bytesPerElement);
    this.offset += count * bytesPerElement;
  }

  /** @throws FaissFormatError if fewer than `count` elements are left to read */
  requireElements(count: number, bytesPerElement: number): void {
    if (count * bytesPerElement > this.remaining) {
      throw this.formatError(
        `Expected ${count} elements of ${bytesPerElement} bytes, but only ${this.remaining} bytes are left.`,
      );
    }
  }

  /** A copy of the bytes read since `start`: parts of a file that never change are written back unchanged. */
  async bytesSince(start: number): Promise<Uint8Array> {
    const end = this.offset;
    this.offset = start;
    return this.elements(Uint8Array, end - start);
  }

  /** Fills `target` with the next bytes. */
  async fill(target: Uint8Array): Promise<void> {
    this.requireElements(target.length, 1);
    let done = this.fillFromWindow(target);
    if (done < target.length && target.length - done < WINDOW_BYTES / 2) {
      await this.moveWindow();
      done += this.fillFromWindow(target.subarray(done));
    }
    while (done < target.length) {
      const piece = target.subarray(done, Math.min(done + PIECE_BYTES, target.length));
      await this.source.read(piece, this.offset);
      done += piece.length;
      this.offset += piece.length;
      if (this.slices.due()) await this.slices.pause();
    }
    if (this.slices.due()) await this.slices.pause();
  }

  /** Copies the next bytes from the window. @returns the number of bytes copied */
  private fillFromWindow(target: Uint8Array): number {
    const start = this.offset - this.windowStart;
    const count = Math.min(target.length, this.window.length - start);
    if (start < 0 || count <= 0) return 0;
    target.set(this.window.subarray(start, start + count));
    this.offset += count;
    return count;
  }

  /** Moves the window to the next byte. */
  private async moveWindow(): Promise<void> {
    const window = new Uint8Array(Math.min(WINDOW_BYTES, this.remaining));
    await this.source.read(window, this.offset);
    this.window = window;
    this.windowStart = this.offset;
    if (this.slices.due()) await this.slices.pause();
  }

  private async view(length: number): Promise<DataView> {
    const bytes = await this.take(length);
    return new DataView(bytes.buffer, bytes.byteOffset, length);
  }

  /** The next bytes of a small field. */
  private async take(length: number): Promise<Uint8Array> {
    this.requireElements(length, 1);
    if (this.offset + length > this.windowStart + this.window.length || this.offset < this.windowStart) {
      await this.moveWindow();
    }
    const start = this.offset - this.windowStart;
    this.offset += length;
    return this.window.subarray(start, start + length);
  }
}

/** @throws MemoryLimitError */
function allocate(bytes: number): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch (cause) {
    throw new MemoryLimitError(bytes, "Use a machine with more memory, or a smaller index.", { cause });
  }
}
