/** Text → token ids without special tokens: added tokens, normalizer, pre-tokenizer and model of a tokenizer.json. */
export interface TextModel {
  /**
   * Ids of the text. Special tokens written out in it ("[SEP]") become their ids, as in Python.
   * @param enough once there are this many ids, the rest of the text need not be read. @default Infinity
   */
  ids(text: string, enough?: number): readonly number[];
  /** Id of a token by its exact spelling in the vocabulary. */
  tokenId(token: string): number | undefined;
}
