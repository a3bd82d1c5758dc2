/** A tensor that modules read and write outside a graph, row-major. */
export interface FeatureTensor {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

/**
 * Tensors of a batch by sentence-transformers' names: `attention_mask` [batch, tokens], `prompt_length` [1] (leading tokens of every
 * text that are the prompt's), `token_embeddings` [batch, tokens, hidden], `sentence_embedding` [batch, width], `scores`
 * [batch, labels], or a name that a module's configuration makes up.
 */
export type Features = Readonly<Record<string, FeatureTensor>>;
