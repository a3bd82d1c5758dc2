/** An ONNX model as bytes; its weights may lie outside, in files of `weightsFolder` that the graph names. */
export interface ModelGraph {
  /** Serialised ONNX ModelProto. */
  readonly bytes: Uint8Array;
  /** Real path of the folder that external initializers are relative to. */
  readonly weightsFolder: string | undefined;
  /** Approximate bytes that each session allocates: the graph, and weights that it widens. The others stay in their files' pages. */
  readonly ownBytes: number;
  /** Approximate further bytes that each session allocates once it has packed the weights of products. */
  readonly packedBytes: number;
  /**
   * Most tokens of a text that may share a batch with texts of other lengths. Longer ones go with texts of their length, so that nothing
   * is padded: attention over them is computed in another way then, and a text's result must not depend on its batch.
   */
  readonly mixedTokens: number;
  /**
   * Inputs in the graph, of input_ids, attention_mask, token_type_ids; all int32 or int64 [batch, tokens]. A model with adapters also has task_id
   * [1]: the place of a task in `lora_adaptations`, or any larger number for none.
   */
  readonly inputs: readonly string[];
  readonly inputType: "int32" | "int64";
  /** "last_hidden_state" [batch, tokens, hidden], or "logits" [batch, labels]. */
  readonly output: string;
}
