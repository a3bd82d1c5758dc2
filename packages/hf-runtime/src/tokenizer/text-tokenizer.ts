import type { TextToken } from "../contracts/text-token.js";

/** Token ids of one text or pair, with special tokens and without padding. */
export interface Encoding {
  /** [tokens] */
  readonly ids: Int32Array;
  /** [tokens]; all zero if the model has no segments. */
  readonly typeIds: Int32Array;
  /** [tokens] 1 for a token that the others attend to, 0 for one that they do not. @default all 1 */
  readonly mask?: Int32Array;
  /** Whether anything was cut to fit the maximum length. */
  readonly truncated: boolean;
}

/** Places of the tokens of a pair's second text, as the model reads it. */
export interface LocatedTokens {
  /** Place of its first token among the ids of the pair. */
  readonly first: number;
  /** [tokens] start of each token's part of the text, in UTF-16 units: `text.slice(start, end)`. */
  readonly starts: Int32Array;
  /** [tokens] */
  readonly ends: Int32Array;
  /** The part of the text that the model reads, from its first token to its last: all of it unless it is cut. */
  readonly readStart: number;
  readonly readEnd: number;
}

export interface EncodeOptions {
  /** Longest result in tokens, special tokens counted. @default the tokenizer's maxLength */
  readonly maxLength?: number;
  /** Which text of a pair is truncated. @default "longest_first" */
  readonly truncation?: "longest_first" | "only_second";
  /** The side of a text that is truncated. @default the tokenizer's own */
  readonly truncationSide?: "left" | "right" | undefined;
  /** Whether the post-processor adds its special tokens to a single text; to a pair it always does. @default true */
  readonly addSpecialTokens?: boolean;
}

/** Text → token ids, equal to Python's `tokenizers` on the same tokenizer.json. */
export interface TextTokenizer {
  /** Longest input in tokens: the caller's limit, otherwise min(model_max_length, max_position_embeddings without offset positions). */
  readonly maxLength: number;
  readonly padId: number;
  readonly paddingSide: "left" | "right";
  encode(text: string, pair?: string, options?: EncodeOptions): Encoding;
  /**
   * {@link encode}, but a long text does not block the event loop: it is encoded in slices.
   * @throws the signal's reason between two slices, once it is aborted
   */
  encodeInSlices(
    text: string,
    pair?: string,
    options?: EncodeOptions,
    signal?: AbortSignal,
  ): Encoding | Promise<Encoding>;
  /**
   * Finds the places of the second text's tokens that {@link encode} returns for the same arguments, by the rules of `tokenizers`. A token of a
   * replaced character covers the whole character. A token may cover no character, and the tokens of one character's bytes all cover it. Works
   * in slices.
   */
  locateInSlices(
    text: string,
    pair: string,
    options?: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<LocatedTokens>;
  /** All tokens of a text and their places, without truncation. Works in slices. */
  tokensInSlices(
    text: string,
    options?: Pick<EncodeOptions, "addSpecialTokens">,
    signal?: AbortSignal,
  ): Promise<readonly TextToken[]>;
  /** Number of tokens, special tokens counted, without truncation. It reads the whole text without a pause, in linear time. */
  count(text: string, pair?: string, options?: Pick<EncodeOptions, "addSpecialTokens">): number;
  /** Id of a token by its exact spelling; undefined if there is none. */
  tokenId(token: string): number | undefined;
}
