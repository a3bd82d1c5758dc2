import { AsyncLocalStorage } from "node:async_hooks";
import type { ModelProgress } from "../../corpus/model-progress.js";

/** Who hears of what happens during a call of a tool, deep inside models that all calls share. */
export interface CallScope {
  readonly onDownload: ModelProgress;
}

/** The call that the code at work belongs to. */
export const callScope = new AsyncLocalStorage<CallScope>();
