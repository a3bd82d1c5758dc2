import type { CallToolResult, ServerContext } from "@modelcontextprotocol/server";
import { SecondpassError } from "@secondpass/core";
import type { Output } from "../../contract/world.js";
import { stackOf } from "../../errors/stack-of.js";
import { callScope } from "./call-scope.js";
import { ProgressReporter } from "./progress-reporter.js";

/** A call of a tool, while it is answered. */
export interface Call {
  readonly progress: ProgressReporter;
  /** Aborts if the client cancels the call, or has left. */
  readonly signal: AbortSignal;
  /** What the agent should know of the answer. */
  readonly warnings: string[];
}

/** An answer of a tool: for models, and for programs. */
export interface Answer {
  readonly text: string;
  readonly structured: Readonly<Record<string, unknown>>;
}

/** Answers a call, with progress if the client asks for it. Failures become answers, too: an agent can call again otherwise. */
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
          // A client that has left hears no more.
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

/** What went wrong inside is for the log. */
function messageOf(error: unknown, log: Output): string {
  if (SecondpassError.isInstance(error)) return error.message;
  log.write(`${stackOf(error)}\n`);
  return "The server failed at this call. Its standard error says why; another call may succeed.";
}
