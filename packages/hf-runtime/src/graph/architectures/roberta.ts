import type { ModelConfig } from "../../model-source/model-config.js";
import { activate } from "../layers/activate.js";
import { gatherRows } from "../layers/gather-rows.js";
import { float32Linear, linear } from "../layers/linear.js";
import { linearActivated } from "../layers/linear-activated.js";
import { maskedLanguageHead } from "../layers/masked-language-head.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { positionsPastPadding } from "../layers/positions-past-padding.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { bertEmbeddings, bertEncoder, bertPooler, epsilonOf, POSITIONS, WORDS } from "./bert.js";
import { flashNames } from "./flash-names.js";
import { rotaryEncoder } from "./rotary-encoder.js";
import { tablePositions } from "./table-positions.js";

/**
 * BERT whose positions start after the padding id, and whose head has its own layer.
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
  renames: flashNames,
  positions: (config) =>
    isRotary(config) ? undefined : tablePositions(config, config.integer("pad_token_id", 1) + 1),
  classifier: "classifier.out_proj.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  encode(m, firstOnly) {
    if (m.has("layers.0.self_attn.qkv_proj.weight")) return flashEncoder(m, firstOnly);
    return bertEncoder(m, bertEmbeddings(m, positionRows(m)), firstOnly);
  },
  layersKey: "num_hidden_layers",
  pool: bertPooler,
  classifiesFirstToken: () => true,
  maskedLogits: robertaLanguageHead,
  classify: (m, hidden) => classificationHead(m, hidden, "tanh"),
};

/** The head of masked language models of RoBERTa and MPNet. */
export function robertaLanguageHead(m: ModelBuilder, hidden: Value): Value {
  return maskedLanguageHead(m, hidden, {
    dense: "lm_head.dense",
    norm: "lm_head.layer_norm",
    decoder: "lm_head.decoder",
    words: WORDS,
    bias: "lm_head.bias",
    activation: "gelu",
    epsilon: epsilonOf(m.config),
  });
}

/** Embeddings of the tokens' positions: [batch, tokens, width]. */
function positionRows(m: ModelBuilder): Value {
  return gatherRows(m, POSITIONS, positionsPastPadding(m, m.config.integer("pad_token_id", 1)));
}

/** Whether the model is Jina's variant ("flash") with rotary positions. */
const isRotary = (config: ModelConfig) => config.values.position_embedding_type === "rotary";

/** Jina's variant ("flash"), built from published facts: jina-embeddings-v3 (without its adapters) and jina-reranker-v2. Experimental. */
function flashEncoder(m: ModelBuilder, firstOnly: boolean): Value {
  const { config } = m;
  config.oneOf("position_embedding_type", ["absolute", "rotary"], "absolute");
  const activation = config.string("hidden_act", "gelu");
  const theta = config.number("rotary_emb_base", 10_000);
  const rotates = isRotary(config);
  return rotaryEncoder(
    m,
    {
      layers: config.layers("num_hidden_layers", 12),
      heads: config.size("num_attention_heads", 12),
      rope: rotates ? { type: "default", theta } : undefined,
      positions: rotates ? undefined : positionRows(m),
      epsilon: epsilonOf(config),
      segments: config.integer("type_vocab_size", 1),
      feedForward: (m, x, name) => linear(m, linearActivated(m, x, `${name}.fc1`, activation), `${name}.fc2`),
    },
    firstOnly,
  );
}

/** RobertaClassificationHead, also used by MPNet and (with another activation) ELECTRA: [batch, any, hidden] → [batch, labels]. */
export function classificationHead(m: ModelBuilder, hidden: Value, activation: string): Value {
  const dense = float32Linear(m, m.firstToken(hidden), "classifier.dense");
  return float32Linear(m, activate(m, dense, activation), "classifier.out_proj");
}
