/** A tensor that modules read and write outside a graph, row-major. */
export interface FeatureTensor {
  readonly data: Float32Array | Int32Array;
  readonly dims: readonly number[];
}

/**
 * Tensors of a batch by sentence-transformers' names: `attention_mask` [batch, tokens], `prompt_length` [1] (number of leading tokens
 * that belong to the prompt), `token_embeddings` [batch, tokens, hidden], `sentence_embedding` [batch, width], `scores`
 * [batch, labels], or a name from a module's configuration.
 */
export type Features = Readonly<Record<string, FeatureTensor>>;
