/** Token ids of a text, alone or as the `ids` of an encoding. */
export type EncodedText = ArrayLike<number> | { readonly ids: ArrayLike<number> };

/** A tokenizer that encodes and decodes. Texts are cut between tokens, and chunks are decoded tokens, as in Python. */
export interface TokenEncoder {
  encode(text: string): EncodedText | Promise<EncodedText>;
  /** May return UTF-8 bytes instead of a string. */
  decode(ids: number[]): string | Uint8Array | Promise<string | Uint8Array>;
}
