import { ModelConfigError } from "../../errors/model-config-error.js";
import { float32MatMul } from "../layers/linear.js";
import type { ModelBuilder } from "../layers/model-builder.js";
import { pooling } from "../layers/pooling.js";
import type { Value } from "../onnx/graph-builder.js";
import type { Architecture } from "./architecture.js";
import { decoder } from "./decoder.js";
import { llamaSettings } from "./llama.js";

/** Pooling modes by their names in a classifier's configuration. */
const MODES = { avg: "mean", cls: "cls", last: "lasttoken" } as const;

const model = decoder({
  modelTypes: ["llama_bidirec"],
  tokenizerClasses: { llama_bidirec: "TokenizersBackend" },
  settings: (config) => {
    const settings = llamaSettings(config);
    return { ...settings, layer: (index) => ({ ...settings.layer(index), reach: undefined }) };
  },
});

/**
 * NVIDIA's Llama with attention in both directions, built from published facts: llama-nemotron-rerank-1b-v2, llama-3.2-nv-rerankqa-1b-v2,
 * llama-embed-nemotron-8b. Experimental.
 */
export const llamaBidirec: Architecture = {
  ...model,
  classify(m, hidden) {
    const { config } = m;
    const temperature = config.number("temperature", 1);
    if (!(temperature > 0)) throw new ModelConfigError("temperature", "a number above 0", temperature);
    const logits = float32MatMul(m, pooled(m, hidden), "score.weight");
    return temperature === 1 ? logits : m.graph.op("Div", [logits, m.graph.float32(temperature)]);
  },
  wording: () => ({ text: "question:{query} \n \n passage:{document}" }),
};

/** [batch, tokens, hidden] → [batch, hidden] */
function pooled(m: ModelBuilder, hidden: Value): Value {
  const mode = m.config.oneOf("pooling", Object.keys(MODES), "avg") as keyof typeof MODES;
  return pooling(m, hidden, [MODES[mode]], false);
}
