import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import { SecondpassError } from "@secondpass/core";
import type { Output } from "../../contract/world.js";
import { stackOf } from "../../errors/stack-of.js";
import { callScope } from "./call-scope.js";
import { ProgressReporter } from "./progress-reporter.js";

/** A running call of a tool. */
export interface Call {
  readonly progress: ProgressReporter;
  /** Aborts if the client cancels the call, or has left. */
  readonly signal: AbortSignal;
  /** Warnings about the answer, for the agent. */
  readonly warnings: string[];
}

/** An answer of a tool: for models, and for programs. */
export interface Answer {
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}

/** Answers a call, with progress if the client asks for it. Failures become answers, too, so that the agent can correct its call. */
export async function answerCall(
  { mcpReq: { signal, _meta, notify } }: ServerContext,
  { steps, log }: { readonly steps: number; readonly log: Output },
  work: (call: Call) => Promise<Answer>,
): Promise<CallToolResult> {
  const progressToken = _meta?.progressToken;
  const progress = new ProgressReporter(
    steps,
    progressToken === undefined
      ? undefined
      : (params) => {
          // A client that has left gets no progress.
          notify({ method: "notifications/progress", params: { progressToken, ...params } }).catch(() => {});
        },
  );
  const warnings: string[] = [];
  try {
    const { text, structured } = await callScope.run({ onDownload: progress.onDownload }, () =>
      work({ progress, signal, warnings }),
    );
    progress.done("Done");
    return { content: [{ type: "text", text }], structuredContent: structured };
  } catch (error) {
    signal.throwIfAborted();
    return { isError: true, content: [{ type: "text", text: messageOf(error, log) }] };
  }
}

/** Returns an error's message for the agent. Details of internal failures go only to the log. */
function messageOf(error: unknown, log: Output): string {
  if (SecondpassError.isInstance(error)) return error.message;
  log.write(`${stackOf(error)}\n`);
  return "The server failed at this call. Its standard error says why; another call may succeed.";
}
