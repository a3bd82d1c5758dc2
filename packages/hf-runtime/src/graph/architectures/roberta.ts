import { activate } from "../layers/activate.js";
import { gatherRows } from "../layers/gather-rows.js";
import { float32Linear } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { positionsPastPadding } from "../layers/positions-past-padding.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { bertEmbeddings, bertEncoder, POSITIONS } from "./bert.js";

/**
 * BERT with positions counted past the padding token, and a head with a layer of its own.
 * transformers/models/roberta/modeling_roberta.py; xlm_roberta's and camembert's are the same code.
 */
export const roberta: Architecture = {
  modelTypes: ["roberta", "xlm-roberta", "camembert"],
  tokenizerClasses: {
    roberta: "RobertaTokenizer",
    "xlm-roberta": "XLMRobertaTokenizer",
    camembert: "CamembertTokenizer",
  },
  positionsAfterPadding: true,
  prefix: "roberta.",
  classifier: "classifier.out_proj.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  encode(m, firstOnly) {
    const positions = gatherRows(m, POSITIONS, positionsPastPadding(m, m.config.integer("pad_token_id", 1)));
    return bertEncoder(m, bertEmbeddings(m, positions), firstOnly);
  },
  classifiesFirstToken: () => true,
  classify: (m, hidden) => classificationHead(m, hidden, "tanh"),
};

/** RobertaClassificationHead, which MPNet and (with another activation) ELECTRA have too: [batch, any, hidden] → [batch, labels]. */
export function classificationHead(m: ModelBuilder, hidden: Value, activation: string): Value {
  const dense = float32Linear(m, m.firstToken(hidden), "classifier.dense");
  return float32Linear(m, activate(m, dense, activation), "classifier.out_proj");
}
