import type { Value } from "../onnx/graph-builder.js";
import { activate } from "./activate.js";
import { layerNorm } from "./layer-norm.js";
import { float32Linear, float32MatMul } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";

/** The parts of a masked language model's head: names of weights, without ".weight" and ".bias". */
export interface MaskedLanguageHead {
  readonly dense: string;
  readonly norm: string;
  /** The output matrix [vocabulary, width] and its bias. */
  readonly decoder: string;
  /** Full name of the word embeddings, which are also the output matrix if a model ties the two. */
  readonly words: string;
  /** Full name of the output bias in some files of tied models. */
  readonly bias: string;
  readonly activation: string;
  readonly epsilon: number;
}

/** Computes logits of the whole vocabulary for each token: [batch, tokens, hidden] → [batch, tokens, vocabulary]. */
export function maskedLanguageHead(m: ModelBuilder, hidden: Value, head: MaskedLanguageHead): Value {
  const { decoder, words, bias } = head;
  const dense = activate(m, float32Linear(m, hidden, head.dense), head.activation);
  const normed = layerNorm(m, dense, head.norm, head.epsilon);
  // If a file has both matrices, transformers does not tie them.
  const isTied = m.config.boolean("tie_word_embeddings", true);
  const matrix = !m.has(`${decoder}.weight`) && isTied ? words : `${decoder}.weight`;
  const logits = float32MatMul(m, normed, matrix);
  const added = [`${decoder}.bias`, ...(isTied ? [bias] : [])].find((name) => m.has(name));
  return added === undefined ? logits : m.graph.op("Add", [logits, m.weight(added, 1)]);
}
