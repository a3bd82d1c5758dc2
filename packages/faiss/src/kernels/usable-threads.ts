import { isNode } from "./is-node.js";

/** More threads than memory channels bring little: a scan waits for memory. */
const DEFAULT_THREADS = 4;

/** Threads that an index may use: those that are wanted in Node, 1 elsewhere. */
export function usableThreads(wanted = DEFAULT_THREADS): number {
  return isNode() ? wanted : 1;
}
