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

/** How an index's rows are kept and scanned. None of it changes what a search finds. */
export interface RowOptions {
  /**
   * `"plain"`: ordinary memory and JavaScript; `"wasm"`: WASM memory and SIMD once there are more than a few rows.
   * @default "wasm" where the engine has SIMD
   */
  readonly kernels?: "wasm" | "plain";
  /** Keep an int8 copy to scan three times faster, for a quarter more memory. @default true */
  readonly int8?: boolean;
  /**
   * Code rows along the few directions in which they vary most, a little with each search, and read the rest only of rows that may be near: another
   * two to three times as fast over rows that are embeddings, from 40,000 of 384 dimensions on, for a twentieth more memory. Not without `int8`.
   * @default true
   */
  readonly projections?: boolean;
  /** Worker threads for long scans (Node only), at most one a core; 1 for none. @default 4 */
  readonly threads?: number;
}

const CHECKS: Readonly<Record<keyof RowOptions, OptionCheck>> = {
  kernels: (name, value) => checkOneOf(name, value, ["wasm", "plain"]),
  int8: checkBoolean,
  projections: checkBoolean,
  threads: checkPositiveInteger,
};

/** Chooses where an index's rows live. */
export function createRowStore(dimensions: number, options: RowOptions = {}): RowStore {
  checkInteger("dimensions", dimensions, 1);
  checkKnownOptions(options, Object.keys(CHECKS), "An exact index");
  checkOptionValues(options, CHECKS);
  const { kernels = hasWasmSimd() ? "wasm" : "plain", int8, projections = true, threads } = options;
  if (kernels === "plain") return new PlainRowStore(dimensions);
  const projectFromBytes = projections ? undefined : Infinity;
  return new AdaptiveRowStore(dimensions, { int8, projectFromBytes, threads: usableThreads(threads) });
}
