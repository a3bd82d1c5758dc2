import { writeFileSync } from "node:fs";
import { blockedTime } from "./blocked-time.js";
import { FuzzFailure } from "./fuzz-failure.js";
import type { FuzzTarget } from "./fuzz-target.js";

/** Longest time in ms for which an input may block the caller's thread: a law of all packages. */
export const MAX_BLOCKED_MS = 50;
/** Inputs of this many bytes and more may block it longer. */
const CHECKED_BYTES = 1_000_000;
/** Blocking counts only if it is repeated this many times: the first time may be a compilation or a garbage collection. */
const CONFIRMATIONS = 2;

/**
 * Tries one input on a target.
 * @param checksBlocking whether to check that an input under 1 MB blocks the thread for at most {@link MAX_BLOCKED_MS}
 * @throws {FuzzFailure} if the input breaks the law
 */
export async function tryInput<Input>(
  target: FuzzTarget<Input>,
  input: Input,
  checksBlocking: boolean,
): Promise<void> {
  const { memoryMb = Number.POSITIVE_INFINITY, sizeOf = defaultSize } = target;
  const peakBefore = freshPeak();
  let blockedMs = await tryOnce(target, input);
  const addedMb = (process.resourceUsage().maxRSS - peakBefore) / 1024;
  if (addedMb > memoryMb) {
    throw new FuzzFailure(
      "over memory",
      `It took ${Math.round(addedMb)} MiB, at most ${memoryMb} are allowed.`,
    );
  }
  if (!checksBlocking || blockedMs <= MAX_BLOCKED_MS || sizeOf(input) >= CHECKED_BYTES) return;
  for (let i = 0; i < CONFIRMATIONS; i++) blockedMs = Math.min(blockedMs, await tryOnce(target, input));
  if (blockedMs > MAX_BLOCKED_MS) {
    throw new FuzzFailure("stall", `It blocked the thread for ${Math.round(blockedMs)} ms.`);
  }
}

/**
 * Returns the peak memory of the process so far, in KiB. On Linux, it resets the peak first, because the memory of earlier tests would
 * hide that of an input.
 */
function freshPeak(): number {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    // Another system, or a process without the permission.
  }
  return process.resourceUsage().maxRSS;
}

/** Runs the input once. @returns how long it blocked the thread, in ms */
async function tryOnce<Input>({ run, timeoutMs = 10_000 }: FuzzTarget<Input>, input: Input): Promise<number> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new FuzzFailure("hang", `It did not end in ${timeoutMs} ms.`)),
      timeoutMs,
    );
  });
  try {
    const { result, blockedMs } = await Promise.race([blockedTime(() => run(input)), timeout]);
    if (result.status === "rejected" && !isTyped(result.reason)) {
      throw new FuzzFailure("untyped error", `It ended with ${String(result.reason)}`, {
        cause: result.reason,
      });
    }
    return blockedMs;
  } finally {
    clearTimeout(timer);
  }
}

/** Recognizes a SecondpassError by its marker, which works across copies and realms. The test-kit imports no package that it tests. */
function isTyped(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "secondpass" in error &&
    error.secondpass === true &&
    "name" in error
  );
}

function defaultSize(input: unknown): number {
  if (typeof input === "string") return input.length;
  return ArrayBuffer.isView(input) ? input.byteLength : 0;
}
