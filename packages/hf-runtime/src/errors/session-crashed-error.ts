import { SecondpassError } from "@secondpass/core";
import { messageOf } from "./message-of.js";

/** The worker thread of a model ended before it answered. The next call starts a fresh one. */
export class SessionCrashedError extends SecondpassError {
  override readonly name = "SessionCrashedError";

  constructor(
    readonly model: string,
    options: ErrorOptions & { readonly exitCode?: number } = {},
  ) {
    const { cause, exitCode } = options;
    const reason = cause === undefined ? ` with code ${exitCode ?? "unknown"}` : `: ${messageOf(cause)}`;
    super(
      `The worker thread that runs ${model} ended${reason}. Its unanswered calls failed; ` +
        "call again to get a fresh worker. If it keeps ending, memory may be too small for the model.",
      { cause },
    );
  }
}
