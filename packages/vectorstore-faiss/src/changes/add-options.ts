import type { EmbedOptions } from "./embed-texts.js";

/** How documents are added. */
export interface AddOptions extends EmbedOptions {
  /** One for each document. @default each document's own `id`, or a new UUID */
  readonly ids?: readonly string[];
  /** Replaces stored documents of the same ids instead of refusing them. @default false */
  readonly upsert?: boolean;
}
