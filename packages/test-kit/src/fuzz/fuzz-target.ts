import type * as fc from "fast-check";

/** A door through which hostile input can come, and the input to try on it. */
export interface FuzzTarget<Input> {
  /** Unique among all targets, such as "document-loaders: globs". */
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Input>;
  /**
   * Hands the input to the door and waits for its end. The law: it returns, or throws a SecondpassError. Expectations about a result
   * may be thrown here too: whatever is not a SecondpassError fails the target. Must not depend on earlier calls.
   */
  readonly run: (input: Input) => unknown;
  /** Inputs in `npm test`, which should take less than a second. @default 200 */
  readonly shortRuns?: number;
  /** Longest time of one input in ms. @default 10 000 */
  readonly timeoutMs?: number;
  /** Most that one input may add to the peak memory of the process, in MiB. @default Infinity */
  readonly memoryMb?: number;
  /**
   * Size of an input in bytes: the long form judges how long the thread is held for those under 1 MB. @default the length of a Uint8Array or
   * a text, 0 for other inputs
   */
  readonly sizeOf?: (input: Input) => number;
}
