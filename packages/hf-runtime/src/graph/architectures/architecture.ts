import type { ModelConfig } from "../../model-source/model-config.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import type { Value } from "../onnx/graph-builder.js";

/** One architecture: how its encoder and its sequence-classification head compute. */
export interface Architecture {
  /** `model_type`s of config.json that compute this way. */
  readonly modelTypes: readonly string[];
  /** What a checkpoint with a head puts before the encoder's weights, as transformers' `base_model_prefix`. */
  readonly prefix: string;
  /** Number of segments that the model tells apart; `token_type_ids` is an input where there is more than one. */
  segments(config: ModelConfig): number;
  /**
   * Token ids → hidden states.
   *
   * @param firstOnly compute the last layer for the first token alone
   * @returns [batch, tokens, hidden], with `firstOnly` [batch, 1, hidden]
   */
  encode(m: ModelBuilder, firstOnly: boolean): Value;
  /** Whether the head reads no other token than the first. */
  classifiesFirstToken(config: ModelConfig): boolean;
  /** Hidden states [batch, any, hidden] → logits [batch, labels]. */
  classify(m: ModelBuilder, hidden: Value): Value;
  /** Name of the weight [labels, …] that ends the head. */
  readonly classifier: string;
}
