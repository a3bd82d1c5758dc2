import { availableParallelism } from "node:os";

/** Maximum of the default: more threads hardly speed up a batch of 512 tokens, and a server has other work. */
const MOST = 4;

/** Default number of compute threads: the CPUs that this process may use, at most 4. */
export function defaultThreads(): number {
  return Math.min(availableParallelism(), MOST);
}
