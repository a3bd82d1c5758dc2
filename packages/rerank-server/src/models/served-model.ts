import type { TextPair } from "@secondpass/core";
import type { ServedToken } from "../payloads/payload.js";

/** Common part of all served models. */
export interface ServedTokenizer {
  /** Name or folder, for the log. */
  readonly model: string;
  /** Longest input in tokens, including special tokens. */
  readonly maxLength: number;
  /** Number of tokens of a text or a pair, including special tokens, before truncation. */
  countTokens(text: string, pair?: string): number;
  /** Returns the tokens of a text, for `/tokenize`. @default it answers 424 */
  tokenize?(
    text: string,
    options?: { readonly addSpecialTokens?: boolean; readonly signal?: AbortSignal },
  ): Promise<readonly ServedToken[]>;
  /** Returns the text of token ids, for `/decode`. @default it answers 424 */
  decode?(
    ids: readonly number[],
    options?: { readonly skipSpecialTokens?: boolean },
  ): string | Promise<string>;
  /** Frees the model. */
  dispose(): Promise<void>;
}

/** Options for a model's batch. */
export interface ServedRunOptions {
  readonly signal?: AbortSignal;
  /** The end of a text that is cut off. @default the model's own */
  readonly truncationSide?: "left" | "right";
  /** Called with the number of tokens that the model reads of an input. If it is never called, the server counts them itself. */
  readonly onTokens?: (place: number, tokens: number) => void;
  /**
   * Called now and then with the number of inputs that are done. A model that calls it may get the next batch when half of this one is
   * done, so that it is never idle; a model that does not gets one batch at a time.
   */
  readonly onProgress?: (done: number) => void;
}

/** A loaded cross-encoder, as far as serving needs it. `loadCrossEncoder` of @secondpass/hf-runtime returns one. */
export interface ServedModel extends ServedTokenizer {
  /** [labels] names, by index. */
  readonly labels: readonly string[];
  /** [pairs] → raw logits [pairs][labels], in the caller's order. When the signal aborts, passes that have not begun are dropped. */
  logits(pairs: readonly TextPair[], options?: ServedRunOptions): Promise<Float32Array[]>;
}
