import type { CallbackManager } from "@langchain/core/callbacks/manager";
import { patchConfig, type RunnableConfig } from "@langchain/core/runnables";

/** The config for something that a run starts: everything the caller set, under the run in the trace, with a tag. */
export function childConfig(
  config: RunnableConfig,
  run: { getChild(tag?: string): CallbackManager } | undefined,
  tag: string,
): RunnableConfig {
  const { runId: _ownRun, runName: _ownName, ...rest } = config;
  return patchConfig(rest, { callbacks: run?.getChild(tag) });
}
