import { MemoryLimitError } from "../errors/memory-limit-error.js";
import { alignUp } from "./align-up.js";
import { bindKernels, type Kernels } from "./kernels.js";

/** Memory below this offset is not used: an address of 0 means "none". */
const MEMORY_BASE = 1024;

const PAGE_BYTES = 65536;

/** Maximum size of one WASM memory, less a page: addresses are 32-bit. */
export const MAX_ARENA_BYTES = 65535 * PAGE_BYTES;

/** Minimum growth of a memory, as a share of its size. */
const GROWTH = 1 / 8;

/** Smallest block; sizes of borrowed blocks are rounded up to powers of two, so that they can be reused. */
const SMALLEST_BLOCK = 1024;

/**
 * One WASM memory with the kernels bound to it. `reserve` allocates permanent memory; `borrow` allocates memory for one job, which
 * `release` returns. The memory grows as needed (in place: engines reserve the address space) and never moves.
 */
export class WasmArena {
  readonly memory: WebAssembly.Memory;
  readonly kernels: Kernels;
  private top = MEMORY_BASE;
  private readonly free = new Map<number, number[]>();

  /** @param shared whether worker threads will use it */
  constructor(readonly shared: boolean) {
    try {
      this.memory = shared
        ? new WebAssembly.Memory({ initial: 1, maximum: 65536, shared })
        : new WebAssembly.Memory({ initial: 1 });
    } catch (cause) {
      throw new MemoryLimitError(PAGE_BYTES, "Dispose indexes that are no longer needed.", { cause });
    }
    this.kernels = bindKernels(this.memory, shared);
  }

  /** Allocates permanent memory, aligned to 64 bytes. @throws MemoryLimitError */
  reserve(bytes: number): number {
    const address = alignUp(this.top, 64);
    const end = address + bytes;
    const missing = end - this.memory.buffer.byteLength;
    if (missing > 0) this.grow(missing, bytes);
    this.top = end;
    return address;
  }

  /** @param wanted requested bytes, for the message */
  private grow(missing: number, wanted: number): void {
    const { byteLength } = this.memory.buffer;
    const least = Math.ceil(missing / PAGE_BYTES);
    // Grow by more than needed: each growth costs milliseconds and a garbage collection; untouched pages cost nothing.
    const ahead = Math.floor(Math.min(byteLength * GROWTH, MAX_ARENA_BYTES - byteLength) / PAGE_BYTES);
    try {
      if (ahead > least) {
        this.memory.grow(ahead);
        return;
      }
    } catch {
      // There may still be room for the missing bytes.
    }
    try {
      this.memory.grow(least);
    } catch (cause) {
      throw new MemoryLimitError(wanted, "Use a machine with more memory, or fewer vectors.", { cause });
    }
  }

  /** Allocates memory for one job; contents are undefined. Return it with `release`. */
  borrow(bytes: number): { address: number; bytes: number } {
    let size = SMALLEST_BLOCK;
    while (size < bytes) size *= 2;
    const address = this.free.get(size)?.pop() ?? this.reserve(size);
    return { address, bytes: size };
  }

  release(block: { address: number; bytes: number }): void {
    const blocks = this.free.get(block.bytes) ?? [];
    blocks.push(block.address);
    this.free.set(block.bytes, blocks);
  }

  // Views are made for each call, since growth detaches (or shortens) earlier ones.
  u8(address: number, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  u32(address: number, length: number): Uint32Array<ArrayBuffer> {
    return new Uint32Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  i32(address: number, length: number): Int32Array<ArrayBuffer> {
    return new Int32Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  f32(address: number, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer as ArrayBuffer, address, length);
  }

  f64(address: number, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer as ArrayBuffer, address, length);
  }
}
