import type { EmbedOptions } from "./embed-texts.js";

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
