import { linear } from "../layers/linear.js";
import { linearActivated } from "../layers/linear-activated.js";
import { ropeParameters } from "../layers/rope-parameters.js";
import type { Architecture } from "./architecture.js";
import { flashNames } from "./flash-names.js";
import { classificationHead } from "./roberta.js";
import { rotaryEncoder } from "./rotary-encoder.js";

/** XLM-RoBERTa with rotary positions. transformers/models/jina_embeddings_v3/modeling_jina_embeddings_v3.py */
export const jinaEmbeddingsV3: Architecture = {
  modelTypes: ["jina_embeddings_v3"],
  tokenizerClasses: { jina_embeddings_v3: "XLMRobertaTokenizer" },
  prefix: "roberta.",
  renames: flashNames,
  classifier: "classifier.out_proj.weight",
  segments: (config) => config.integer("type_vocab_size", 1),
  layersKey: "num_hidden_layers",
  encode(m, firstOnly) {
    const { config } = m;
    const activation = config.string("hidden_act", "gelu");
    return rotaryEncoder(
      m,
      {
        layers: config.layers("num_hidden_layers", 24),
        heads: config.size("num_attention_heads", 16),
        rope: ropeParameters(config, { theta: 20_000, positions: 8194 }),
        epsilon: config.number("layer_norm_eps", 1e-5),
        segments: config.size("type_vocab_size", 1),
        feedForward: (m, x, name) =>
          linear(m, linearActivated(m, x, `${name}.fc1`, activation), `${name}.fc2`),
      },
      firstOnly,
    );
  },
  classifiesFirstToken: () => true,
  classify: (m, hidden) => classificationHead(m, hidden, "tanh"),
};
