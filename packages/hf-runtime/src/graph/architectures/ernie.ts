import { firstPositions } from "../layers/first-positions.js";
import { firstTableRow } from "../layers/segments.js";
import type { Architecture } from "./architecture.js";
import { bert, bertEmbeddings, bertEncoder, bertPooler, POSITIONS } from "./bert.js";
import { tablePositions } from "./table-positions.js";

/** BERT whose tokens can also have a task type, which is always the first one here. transformers/models/ernie/modeling_ernie.py */
export const ernie: Architecture = {
  modelTypes: ["ernie"],
  tokenizerClasses: { ernie: "BertTokenizer" },
  prefix: "ernie.",
  positions: (config) => tablePositions(config),
  classifier: "classifier.weight",
  segments: (config) => config.integer("type_vocab_size", 2),
  encode(m, firstOnly) {
    const tasks = m.config.boolean("use_task_id", false)
      ? [firstTableRow(m, "embeddings.task_type_embeddings.weight")]
      : [];
    return bertEncoder(m, bertEmbeddings(m, firstPositions(m, POSITIONS), ...tasks), firstOnly);
  },
  layersKey: "num_hidden_layers",
  pool: bertPooler,
  classifiesFirstToken: () => true,
  maskedLogits: bert.maskedLogits!,
  classify: bert.classify,
};
