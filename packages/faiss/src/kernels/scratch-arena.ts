import { WasmArena } from "./wasm-arena.js";

/** Work that needs more gets a separate memory, which is released with it. */
const SHARED_BYTES = 1 << 22;

let shared: WasmArena | undefined;

/** A WASM memory for temporary data. All work on this thread shares it, except work that needs much. */
export function scratchArena(bytes: number): WasmArena {
  if (bytes > SHARED_BYTES) return new WasmArena(false);
  shared ??= new WasmArena(false);
  return shared;
}

/** Runs work with a block of scratch memory, which is free again afterwards. */
export function withScratch(bytes: number, work: (arena: WasmArena, address: number) => void): void {
  const arena = scratchArena(bytes);
  const block = arena.borrow(bytes);
  try {
    work(arena, block.address);
  } finally {
    arena.release(block);
  }
}
