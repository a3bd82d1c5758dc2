import type { ModelConfig } from "../../model-source/model-config.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Rename } from "../weights/weight-store.js";

/** How a reranker's own code joins a pair into one text. Most rerankers have none, and the tokenizer joins the pair. */
export interface Wording {
  /** The text with the placeholders `{query}` and `{document}`. The tokenizer adds its special tokens around it. */
  readonly text: string;
  /** Tokens of the model's two answers. Missing if the model has a classifier. */
  readonly answers?: readonly [yes: string, no: string];
}

/** Shape of the keys and values that a causal model's graph gives out for each token. */
export interface PrefixShape {
  /** Number of layers. */
  readonly layers: number;
  /** Numbers in a layer's keys for one token, all heads together. */
  readonly width: number;
}

/** An architecture: how its encoder and its sequence-classification head compute. */
export interface Architecture {
  /** `model_type`s of config.json that compute this way. */
  readonly modelTypes: readonly string[];
  /** transformers' tokenizer class of each model type, for repositories that name none (TOKENIZER_MAPPING_NAMES of 5.24). */
  readonly tokenizerClasses: Readonly<Record<string, string>>;
  /** Aliases of tokenizer classes: transformers' class by the name in files. @default none */
  readonly tokenizerAliases?: Readonly<Record<string, string>>;
  /** Whether positions start at the padding id + 1, as in fairseq: 512 of 514 can be used. @default false */
  readonly positionsAfterPadding?: boolean;
  /** Whether it is a causal language model, trained to predict a text's next token. @default false */
  readonly isDecoder?: boolean;
  /**
   * Shape of the keys and values of first tokens that several texts can share. Undefined for a model whose tokens attend to later ones, or
   * whose rotation depends on the length of the text. @default texts cannot share tokens
   */
  sharedPrefix?(config: ModelConfig): PrefixShape | undefined;
  /** Settings of a model whose config.json only names another model. Keys in config.json override them. @default none */
  readonly foundation?: Readonly<Record<string, unknown>>;
  /** Prefix of the encoder's weights in a checkpoint with a head: transformers' `base_model_prefix`. */
  readonly prefix: string;
  /**
   * Renames weights that have other names in files: patterns that are replaced in order, like transformers' conversion_mapping.py. Prefixes are
   * part of a name. @default none
   */
  readonly renames?: readonly Rename[];
  /** Longest input in tokens that a table of positions allows. Missing or undefined if positions are computed for any length. */
  positions?(config: ModelConfig): number | undefined;
  /** Number of segments that the model distinguishes. If there is more than one, `token_type_ids` is an input. */
  segments(config: ModelConfig): number;
  /**
   * Token ids → hidden states.
   *
   * @param firstOnly compute the last layer for the first token only
   * @returns [batch, tokens, hidden], with `firstOnly` [batch, 1, hidden]
   */
  encode(m: ModelBuilder, firstOnly: boolean): Value;
  /**
   * Key of the number of layers in config.json. Missing if the layers' outputs are not the entries of transformers' `hidden_states`. An
   * architecture with a norm after its last layer adds it with {@link ModelBuilder.lastNorm}.
   */
  readonly layersKey?: string;
  /** Hidden states [batch, any, hidden] → transformers' `pooler_output` [batch, hidden]. Missing if there is none. */
  pool?(m: ModelBuilder, hidden: Value): Value;
  /** Whether the head only reads the first token. */
  classifiesFirstToken(config: ModelConfig): boolean;
  /** Hidden states [batch, any, hidden] → logits [batch, labels]. */
  classify(m: ModelBuilder, hidden: Value): Value;
  /**
   * A causal language model's logits of only the given tokens: [batch, hidden] → [batch, ids].
   * Missing for other models.
   */
  tokenLogits?(m: ModelBuilder, hidden: Value, ids: readonly number[]): Value;
  /**
   * For a model with an encoder and a decoder, the hidden state that predicts its answer's first token:
   * hidden states of the text [batch, tokens, hidden] → [batch, hidden]. Missing if a text's last token predicts the next one.
   */
  startAnswer?(m: ModelBuilder, hidden: Value): Value;
  /** How the model joins pairs; undefined if the tokenizer joins them. @default undefined */
  wording?(config: ModelConfig): Wording | undefined;
  /**
   * A masked language model's logits for each token: [batch, tokens, hidden] → [batch, tokens, vocabulary]. Missing if the architecture has no
   * such model, or it is not supported.
   */
  maskedLogits?(m: ModelBuilder, hidden: Value): Value;
  /** Name of the head's last weight [labels, …]. */
  readonly classifier: string;
}
