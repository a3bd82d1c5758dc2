import { AdaptiveRowStore } from "./adaptive-row-store.js";
import { hasWasmSimd } from "./kernels.js";
import { PlainRowStore } from "./plain-row-store.js";
import type { RowStore } from "./row-store.js";

/** Chooses where an index's rows live: WASM memory where the engine has SIMD, ordinary memory elsewhere. */
export function createRowStore(dimensions: number): RowStore {
  return hasWasmSimd() ? new AdaptiveRowStore(dimensions) : new PlainRowStore(dimensions);
}
