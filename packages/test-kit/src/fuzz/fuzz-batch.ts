import * as fc from "fast-check";
import { FuzzFailure, type FuzzFailureKind } from "./fuzz-failure.js";
import type { FuzzTarget } from "./fuzz-target.js";
import { tryInput } from "./try-input.js";

/** Characters of a failing input that are shown; seed and path reproduce all of it. */
const SHOWN_CHARACTERS = 2000;

export interface FuzzBatchOptions {
  readonly seed: number;
  /** Replays a failure of the seed directly. */
  readonly path?: string;
  readonly runs: number;
  /** Ends the batch early, and the shrinking of a failing input. @default never */
  readonly limitMs?: number;
  readonly checksBlocking: boolean;
}

export interface FuzzBatchResult {
  /** Number of tried inputs, without those of shrinking. */
  readonly runs: number;
  readonly failure?: {
    readonly kind: FuzzFailureKind;
    readonly seed: number;
    readonly path: string;
    readonly message: string;
    readonly cause: unknown;
  };
}

/** Tries inputs on a target until one breaks its law, and shrinks that input. */
export async function fuzzBatch<Input>(
  target: FuzzTarget<Input>,
  { seed, path, runs, limitMs, checksBlocking }: FuzzBatchOptions,
): Promise<FuzzBatchResult> {
  const property = fc.asyncProperty(target.arbitrary, (input) => tryInput(target, input, checksBlocking));
  const details = await fc.check(property, {
    seed,
    numRuns: runs,
    ...(path === undefined ? {} : { path }),
    ...(limitMs === undefined ? {} : { interruptAfterTimeLimit: Math.max(1, limitMs) }),
  });
  // An interrupted batch counts as failed if it had no time to try anything.
  if (!details.failed || details.counterexample === null) return { runs: details.numRuns };
  const error = details.errorInstance;
  const kind = error instanceof FuzzFailure ? error.kind : "untyped error";
  const shown = fc.stringify(details.counterexample[0]).slice(0, SHOWN_CHARACTERS);
  const message = `${target.name}: ${kind}. ${error instanceof Error ? error.message : String(error)}\nInput: ${shown}`;
  return {
    runs: details.numRuns,
    failure: {
      kind,
      seed: details.seed,
      path: details.counterexamplePath ?? "",
      message,
      cause: error instanceof FuzzFailure ? error.cause : error,
    },
  };
}
