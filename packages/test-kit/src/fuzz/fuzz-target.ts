import type * as fc from "fast-check";

/** A function that receives untrusted input, with a generator of inputs. */
export interface FuzzTarget<Input> {
  /** Unique among all targets, such as "document-loaders: globs". */
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Input>;
  /**
   * Calls the function with the input and waits for its end. The law: it returns, or throws a SecondpassError. Any other error fails the
   * target, so expectations about a result may be thrown here, too. Must not depend on earlier calls.
   */
  readonly run: (input: Input) => unknown;
  /** Inputs in `npm test`, which should take less than a second. @default 200 */
  readonly shortRuns?: number;
  /** Longest time of one input in ms. @default 10 000 */
  readonly timeoutMs?: number;
  /** Memory that one input may add to the peak of the process, in MiB. @default Infinity */
  readonly memoryMb?: number;
  /**
   * Size of an input in bytes. The long form checks for inputs under 1 MB how long the thread is blocked. @default the length of a Uint8Array or
   * a text, 0 for other inputs
   */
  readonly sizeOf?: (input: Input) => number;
}
