import type { TextPair } from "@secondpass/core";
import type { ServedToken } from "../payloads/payload.js";

/** What every model that is served has. */
export interface ServedTokenizer {
  /** Name or folder, for the log. */
  readonly model: string;
  /** Longest input in tokens, special tokens counted. */
  readonly maxLength: number;
  /** Number of tokens of a text or a pair, special tokens counted, uncut. */
  countTokens(text: string, pair?: string): number;
  /** The tokens of a text, for `/tokenize`. @default it answers 424 */
  tokenize?(
    text: string,
    options?: { readonly addSpecialTokens?: boolean; readonly signal?: AbortSignal },
  ): Promise<readonly ServedToken[]>;
  /** The text of token ids, for `/decode`. @default it answers 424 */
  decode?(
    ids: readonly number[],
    options?: { readonly skipSpecialTokens?: boolean },
  ): string | Promise<string>;
  /** Frees the model. */
  dispose(): Promise<void>;
}

/** What a model is told of each batch. */
export interface ServedRunOptions {
  readonly signal?: AbortSignal;
  /** The end of a text that is cut off. @default the model's own */
  readonly truncationSide?: "left" | "right";
  /** Called with the number of tokens that the model reads of an input; the server counts them itself if it is not. */
  readonly onTokens?: (place: number, tokens: number) => void;
  /**
   * Called now and then with the number of inputs that are done. A model that calls it may be given the next batch when half of this one is
   * done, so that it is never idle; one that does not gets one batch at a time.
   */
  readonly onProgress?: (done: number) => void;
}

/** A loaded cross-encoder, as far as serving needs it: what `loadCrossEncoder` of @secondpass/hf-runtime returns is one. */
export interface ServedModel extends ServedTokenizer {
  /** [labels] names, by index. */
  readonly labels: readonly string[];
  /** [pairs] → raw logits [pairs][labels], in the caller's order. When the signal aborts, passes not begun are dropped. */
  logits(pairs: readonly TextPair[], options?: ServedRunOptions): Promise<Float32Array[]>;
}
