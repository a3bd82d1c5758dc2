import { LONG_OPERATION_OPTIONS } from "../contents/store-progress.js";
import type { EmbedOptions } from "./embed-texts.js";

/** Names of {@link AddOptions}. */
export const ADD_OPTIONS = [
  ...LONG_OPERATION_OPTIONS,
  "embedBatchSize",
  "ids",
  "upsert",
] as const satisfies readonly (keyof AddOptions)[];

/** How documents are added. */
export interface AddOptions extends EmbedOptions {
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
  /**
   * Replaces stored documents of the same ids instead of refusing them: in one step, old vectors out and new ones in. Not needed for ids that
   * LangChain's indexing API made. @default the store's option, false
   */
  readonly upsert?: boolean;
}
