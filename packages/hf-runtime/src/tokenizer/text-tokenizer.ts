import type { TextToken } from "../contracts/text-token.js";

/** Token ids of one text or pair, special tokens in place, not padded. */
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

/** Where the tokens of a pair's second text are, as the model reads it. */
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
  /** Which side of a pair is cut. @default "longest_first" */
  readonly truncation?: "longest_first" | "only_second";
  /** The end of a text that is cut off. @default the tokenizer's own */
  readonly truncationSide?: "left" | "right" | undefined;
  /** Whether the post-processor puts its special tokens around a text; around a pair it always does. @default true */
  readonly addSpecialTokens?: boolean;
}

/** Text → token ids, equal to Python's `tokenizers` on the same tokenizer.json. */
export interface TextTokenizer {
  /** Longest input in tokens: the caller's, else min(model_max_length, max_position_embeddings without offset positions). */
  readonly maxLength: number;
  readonly padId: number;
  readonly paddingSide: "left" | "right";
  encode(text: string, pair?: string, options?: EncodeOptions): Encoding;
  /**
   * {@link encode}, but a long text does not hold the event loop: it is worked on in slices.
   * @throws the signal's reason between two slices, once it is aborted
   */
  encodeInSlices(
    text: string,
    pair?: string,
    options?: EncodeOptions,
    signal?: AbortSignal,
  ): Encoding | Promise<Encoding>;
  /**
   * Where the tokens of the second text of a pair are that {@link encode} gives for the same arguments: by the rules of `tokenizers`, so that a
   * token of a character that was replaced stands for the whole character. A token may stand for no character, and tokens of one
   * character's bytes all stand for it. In slices.
   */
  locateInSlices(
    text: string,
    pair: string,
    options?: EncodeOptions,
    signal?: AbortSignal,
  ): Promise<LocatedTokens>;
  /** The tokens of a text, uncut, and where each is. In slices. */
  tokensInSlices(
    text: string,
    options?: Pick<EncodeOptions, "addSpecialTokens">,
    signal?: AbortSignal,
  ): Promise<readonly TextToken[]>;
  /** Number of tokens, special tokens counted, uncut. Linear in the text, which it reads whole, without a pause. */
  count(text: string, pair?: string, options?: Pick<EncodeOptions, "addSpecialTokens">): number;
  /** Id of a token by its exact spelling; undefined if there is none. */
  tokenId(token: string): number | undefined;
}
