import {
  checkBoolean,
  checkKnownOptions,
  checkOneOf,
  checkOptionValues,
  checkPositiveInteger,
  type OptionCheck,
} from "@secondpass/core";
import { checkInteger } from "../checks/check-integer.js";
import { AdaptiveRowStore } from "./adaptive-row-store.js";
import { hasWasmSimd } from "./kernels.js";
import { PlainRowStore } from "./plain-row-store.js";
import type { RowStore } from "./row-store.js";
import { usableThreads } from "./usable-threads.js";

/** Options for storing and scanning an index's rows. They do not change what a search finds. */
export interface RowOptions {
  /**
   * `"plain"`: ordinary memory and JavaScript; `"wasm"`: WASM memory and SIMD once there are more than a few rows.
   * @default "wasm" if the engine has SIMD
   */
  readonly kernels?: "wasm" | "plain";
  /** Keeps an int8 copy, which makes scans three times faster, for a quarter more memory. @default true */
  readonly int8?: boolean;
  /**
   * Also codes rows along the few directions in which they vary most, step by step during searches, and reads further data only of rows that may be
   * near. This is another two to three times as fast for embeddings, from 40,000 rows of 384 dimensions on, for a twentieth more memory. Requires
   * `int8`.
   * @default true
   */
  readonly projections?: boolean;
  /** Worker threads for long scans (Node only), at most one for each core; 1 for none. @default 4 */
  readonly threads?: number;
}

const CHECKS: Readonly<Record<keyof RowOptions, OptionCheck>> = {
  kernels: (name, value) => checkOneOf(name, value, ["wasm", "plain"]),
  int8: checkBoolean,
  projections: checkBoolean,
  threads: checkPositiveInteger,
};

/** Makes the row store of an index. */
export function createRowStore(dimensions: number, options: RowOptions = {}): RowStore {
  checkInteger("dimensions", dimensions, 1);
  checkKnownOptions(options, Object.keys(CHECKS), "An exact index");
  checkOptionValues(options, CHECKS);
  const { kernels = hasWasmSimd() ? "wasm" : "plain", int8, projections = true, threads } = options;
  if (kernels === "plain") return new PlainRowStore(dimensions);
  const projectFromBytes = projections ? undefined : Infinity;
  return new AdaptiveRowStore(dimensions, { int8, projectFromBytes, threads: usableThreads(threads) });
}
