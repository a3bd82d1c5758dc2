import { firstPositions } from "../layers/first-positions.js";
import { linear } from "../layers/linear.js";
import { maskedLanguageHead } from "../layers/masked-language-head.js";
import type { Architecture } from "./architecture.js";
import { bertEmbeddings, bertEncoder, epsilonOf, POSITIONS, WORDS } from "./bert.js";
import { classificationHead } from "./roberta.js";
import { tablePositions } from "./table-positions.js";

/** BERT whose embeddings have a different width than its layers. transformers/models/electra/modeling_electra.py */
export const electra: Architecture = {
  modelTypes: ["electra"],
  tokenizerClasses: { electra: "BertTokenizer" },
  tokenizerAliases: { ElectraTokenizer: "BertTokenizer" },
  prefix: "electra.",
  positions: (config) => tablePositions(config),
  classifier: "classifier.out_proj.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  encode(m, firstOnly) {
    const embedded = bertEmbeddings(m, firstPositions(m, POSITIONS));
    const projected = m.has("embeddings_project.weight")
      ? linear(m, embedded, "embeddings_project")
      : embedded;
    return bertEncoder(m, projected, firstOnly);
  },
  layersKey: "num_hidden_layers",
  classifiesFirstToken: () => true,
  maskedLogits: (m, hidden) =>
    maskedLanguageHead(m, hidden, {
      dense: "generator_predictions.dense",
      norm: "generator_predictions.LayerNorm",
      decoder: "generator_lm_head",
      words: WORDS,
      bias: "generator_lm_head.bias",
      activation: "gelu",
      epsilon: epsilonOf(m.config),
    }),
  // The head is RoBERTa's with GELU instead of tanh. hidden_act does not change it.
  classify: (m, hidden) => classificationHead(m, hidden, "gelu"),
};
