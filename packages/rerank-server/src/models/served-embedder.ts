import type { ServedRunOptions, ServedTokenizer } from "./served-model.js";

/** A loaded embedding model, as far as serving needs it. `loadEncoder` of @secondpass/hf-runtime returns one. */
export interface ServedEmbedder extends ServedTokenizer {
  /** Length of every vector. */
  readonly dimensions: number;
  /** The model's own prompts by name. @default none */
  readonly prompts?: Readonly<Record<string, string>>;
  /** [texts] → vectors [texts][dimensions], in the caller's order. When the signal aborts, passes that have not begun are dropped. */
  embed(
    texts: readonly string[],
    options?: ServedRunOptions & {
      readonly promptName?: string;
      readonly task?: "query" | "document";
      readonly normalize?: boolean;
    },
  ): Promise<Float32Array[]>;
}
