import { WasmArena } from "./wasm-arena.js";

/** Work that needs more has a memory of its own, which goes away with it. */
const SHARED_BYTES = 1 << 22;

let shared: WasmArena | undefined;

/** A WASM memory for work that keeps nothing in it: the same for all on this thread, unless it needs much. */
export function scratchArena(bytes: number): WasmArena {
  if (bytes > SHARED_BYTES) return new WasmArena(false);
  shared ??= new WasmArena(false);
  return shared;
}
