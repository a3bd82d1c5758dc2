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
   * Replaces stored documents that have the same ids instead of throwing: old and new vectors change places in one step. Not needed for ids that
   * LangChain's indexing API made. @default the store's option, false
   */
  readonly upsert?: boolean;
}
