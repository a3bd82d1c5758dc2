/** Text → token ids without special tokens: normalizer, pre-tokenizer and model of a tokenizer.json together. */
export interface TextModel {
  /** Ids of the whole text. Special tokens written out in the text ("[SEP]") become their ids, as in Python. */
  ids(text: string): readonly number[];
  /** Id of a token by its exact spelling in the vocabulary. */
  tokenId(token: string): number | undefined;
}
