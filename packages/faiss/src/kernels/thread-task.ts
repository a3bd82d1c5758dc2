import type { Kernels } from "./kernels.js";

/** A call of a kernel that a worker thread makes over shared memory. */
export interface ThreadTask {
  readonly kernel: keyof Kernels;
  /** Sizes, and addresses of memory that the call reads and writes. */
  readonly args: readonly number[];
  /** Makes the call return early. */
  cancel(): void;
}
