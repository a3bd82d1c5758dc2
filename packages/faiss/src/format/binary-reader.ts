import { workSlices } from "@secondpass/core";
import { FaissFormatError } from "../errors/faiss-format-error.js";
import { MemoryLimitError } from "../errors/memory-limit-error.js";
import type { ByteSource } from "../io/byte-source.js";

/** What is shorter is served from a window of this size; long vectors bypass it. */
const WINDOW_BYTES = 64 * 1024;

/** Large payloads are read in pieces of this size, so that no single read holds the event loop for long. */
const PIECE_BYTES = 8 * 1024 * 1024;

/** Objects within objects (an IDMap of a refined IVF…) go this deep at most; real files need three or four. */
const MAX_DEPTH = 12;

type ArrayType<T> = { new (buffer: ArrayBuffer): T; readonly BYTES_PER_ELEMENT: number };

/**
 * Reads FAISS's little-endian primitives in order. Every length is compared with the bytes that are left *before*
 * anything of that size is allocated, so a damaged file ends in a FaissFormatError, not in lost memory. Reading lets the
 * event loop turn every few milliseconds, also where the bytes are in memory: whoever reads in short pieces need not.
 */
export class BinaryReader {
  private offset = 0;
  private depth = 0;
  private window = new Uint8Array(0);
  private windowStart = 0;
  private readonly slices = workSlices();

  constructor(private readonly source: ByteSource) {}

  /** Byte at which the next field starts. */
  get position(): number {
    return this.offset;
  }

  get remaining(): number {
    return this.source.size - this.offset;
  }

  /** The error to throw: `problem`, at the current byte. */
  formatError(problem: string): FaissFormatError {
    return new FaissFormatError(problem, this.offset);
  }

  /** @throws FaissFormatError of `problem`, at the current byte, unless `condition` holds */
  expect(condition: boolean, problem: string): asserts condition {
    if (!condition) throw this.formatError(problem);
  }

  /** Runs `read` for an object inside an object, refusing files that nest without end. */
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

  /** The type tag that comes next, which stays to be read. */
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

  /** A vector's element count, checked to fit into what is left of the file. */
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

  /** Passes over `count` elements. */
  skip(count: number, bytesPerElement: number): void {
    this.requireElements(count, bytesPerElement);
    this.offset += count * bytesPerElement;
  }

  /** @throws FaissFormatError unless `count` elements are left to read */
  requireElements(count: number, bytesPerElement: number): void {
    if (count * bytesPerElement > this.remaining) {
      throw this.formatError(
        `Expected ${count} elements of ${bytesPerElement} bytes, but only ${this.remaining} bytes are left.`,
      );
    }
  }

  /** A copy of what was read since the byte `start`: parts of a file that never change are written back as they were. */
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

  /** Takes what the window has of the next bytes. @returns how many */
  private fillFromWindow(target: Uint8Array): number {
    const start = this.offset - this.windowStart;
    const count = Math.min(target.length, this.window.length - start);
    if (start < 0 || count <= 0) return 0;
    target.set(this.window.subarray(start, start + count));
    this.offset += count;
    return count;
  }

  /** Lets the window begin at the next byte. */
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
