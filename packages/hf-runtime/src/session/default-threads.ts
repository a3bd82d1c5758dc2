import { availableParallelism } from "node:os";

/** More threads bring a batch of 512 tokens little, and a server has other work. */
const MOST = 4;

/** Compute threads unless the caller says otherwise: the CPUs this process may use, at most 4. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST);
}
