import { AsyncLocalStorage } from "node:async_hooks";
import type { ModelProgress } from "../../corpus/model-progress.js";

/** Listeners of one call of a tool, for code deep inside models that all calls share. */
export interface CallScope {
  readonly onDownload: ModelProgress;
}

/** The call that the running code belongs to. */
export const callScope = new AsyncLocalStorage<CallScope>();
