import type { CallbackManager } from "@langchain/core/callbacks/manager";
import { patchConfig, type RunnableConfig } from "@langchain/core/runnables";

/** Makes the config for a child of a run: the caller's settings, under the run in the trace, with a tag. */
export function childConfig(
  config: RunnableConfig,
  run: { getChild(tag?: string): CallbackManager } | undefined,
  tag: string,
): RunnableConfig {
  const { runId: _ownRun, runName: _ownName, ...rest } = config;
  return patchConfig(rest, { callbacks: run?.getChild(tag) });
}
