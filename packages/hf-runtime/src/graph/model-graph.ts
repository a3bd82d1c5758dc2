/** An ONNX model as bytes. Its weights may be external: in files in `weightsFolder` that the graph names. */
export interface ModelGraph {
  /** Serialised ONNX ModelProto. */
  readonly bytes: Uint8Array;
  /** Real path of the folder that external initializers are relative to. */
  readonly weightsFolder: string | undefined;
  /** Bytes that each session allocates, approximately: the graph and converted weights. Other weights stay in their files' memory pages. */
  readonly ownBytes: number;
  /** Further bytes that each session allocates for packed weights of matrix products, approximately. */
  readonly packedBytes: number;
  /**
   * Maximum number of tokens in a text that may share a batch with texts of other lengths. A longer text only shares a batch with texts of its
   * length, so that the batch has no padding. Attention is computed differently for batches without padding, and a text's result must not
   * depend on its batch.
   */
  readonly mixedTokens: number;
  /**
   * The graph's inputs: some of input_ids, attention_mask and token_type_ids, all int32 or int64 [batch, tokens]. A model with adapters also has
   * task_id [1]: the index of a task in `lora_adaptations`, or any larger number for no task.
   */
  readonly inputs: readonly string[];
  readonly inputType: "int32" | "int64";
  /** "last_hidden_state" [batch, tokens, hidden], or "logits" [batch, labels]. */
  readonly output: string;
}
