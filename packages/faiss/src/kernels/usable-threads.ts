import { isNode } from "./is-node.js";

/** Default number of threads: more threads than memory channels bring little, since a scan waits for memory. */
const DEFAULT_THREADS = 4;

/** Number of threads that an index may use: the requested number in Node, 1 elsewhere. */
export function usableThreads(wanted = DEFAULT_THREADS): number {
  return isNode() ? wanted : 1;
}
