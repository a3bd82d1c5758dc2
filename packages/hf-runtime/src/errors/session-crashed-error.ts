import { SecondpassError } from "@secondpass/core";
import { messageOf } from "./message-of.js";

/** What is known about how a worker thread or process ended. */
export interface SessionEnd {
  readonly place?: "worker thread" | "process";
  readonly cause?: unknown;
  readonly exitCode?: number | null;
  /** Signal that ended a process, such as "SIGKILL" (which Linux also sends when memory runs out). */
  readonly signal?: string | null;
  /** The end of what a process wrote to its standard error. */
  readonly output?: string;
}

/** Thrown if the worker thread or the process of a model ends before it answers. The next call starts a fresh one. */
export class SessionCrashedError extends SecondpassError {
  override readonly name = "SessionCrashedError";
  readonly exitCode: number | undefined;
  readonly signal: string | undefined;

  constructor(
    readonly model: string,
    end: SessionEnd = {},
  ) {
    const { place = "worker thread", cause, exitCode, signal, output } = end;
    super(
      `The ${place} that runs ${model} ended${reasonOf(end)}. Its unanswered calls failed; ` +
        `call again to get a fresh ${place === "process" ? place : "worker"}. If it keeps ending, memory may be too small for the model.` +
        (output ? ` It wrote: ${output}` : ""),
      { cause },
    );
    this.exitCode = exitCode ?? undefined;
    this.signal = signal ?? undefined;
  }
}

function reasonOf({ place, cause, exitCode, signal }: SessionEnd): string {
  if (cause !== undefined) return `: ${messageOf(cause)}`;
  if (signal) return ` by ${signal}`;
  if (place === "process" && (exitCode === undefined || exitCode === null)) return " by itself";
  return ` with code ${exitCode ?? "unknown"}`;
}
