import { MissingFeatureError } from "../errors/missing-feature-error.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { graphFeature } from "../graph/graph-features.js";
import { feature } from "./apply/feature.js";
import { type LogitScoreJson, logitScoreJson } from "./config/logit-score-json.js";
import type { Module, ModuleKind } from "./module.js";

const TYPE = "LogitScore";
/** Default name of the feature that it reads, as in sentence-transformers. */
const CAUSAL_LOGITS = "causal_logits";

/**
 * Turns a causal model's answer into a score: the logit of one token after each text's last token, or the difference of two tokens'
 * logits. [batch, hidden] → [batch, 1]. Only these rows of the output matrix are computed.
 */
export const logitScore: ModuleKind = {
  type: TYPE,
  config: logitScoreJson,
  async load(_, config: LogitScoreJson, { transformer }): Promise<Module> {
    const input = config.module_input_name ?? CAUSAL_LOGITS;
    const { causalLogits } = transformer;
    if (input !== causalLogits)
      throw new MissingFeatureError(input, TYPE, [causalLogits ?? transformer.feature]);
    return logitScoreOf(config.true_token_id, config.false_token_id ?? undefined);
  },
};

/** Makes the module from the ids of its tokens. */
export function logitScoreOf(trueId: number, falseId: number | undefined): Module {
  return {
    type: TYPE,
    reads: ["last_token_embedding"],
    output: { feature: "scores", per: "text" },
    width: () => 1,
    build(graph, features) {
      const { graph: nodes, architecture } = graph;
      const last = graphFeature(features, "last_token_embedding", TYPE);
      if (!architecture.tokenLogits) {
        const type = graph.config.string("model_type", "(none)");
        throw new UnsupportedModuleError("module", `LogitScore over ${type}, which is not a causal model`, [
          TYPE,
        ]);
      }
      const ids = falseId === undefined ? [trueId] : [trueId, falseId];
      const logits = architecture.tokenLogits(graph, last, ids);
      if (falseId === undefined) return { ...features, scores: logits };
      const signs = nodes.op("Unsqueeze", [nodes.float32(1), nodes.int64s([0])]);
      const weights = nodes.op("Concat", [signs, nodes.op("Neg", [signs])], { axis: 0 });
      const signed = nodes.op("Mul", [logits, weights]);
      const scores = nodes.op("ReduceSum", [signed, nodes.int64s([1])], { keepdims: 1 });
      return { ...features, scores };
    },
    // For a repository's own graph, which gives the logits of all tokens.
    apply: async () => (features) => {
      const { data, dims } = feature(features, CAUSAL_LOGITS, TYPE);
      const [rows = 0, tokens = 0, width = 0] = dims;
      const mask = feature(features, "attention_mask", TYPE).data;
      const scores = new Float32Array(rows);
      for (let row = 0; row < rows; row++) {
        const last = mask.subarray(row * tokens, (row + 1) * tokens).lastIndexOf(1);
        const logit = (id: number) => data[(row * tokens + last) * width + id] ?? Number.NaN;
        scores[row] = logit(trueId) - (falseId === undefined ? 0 : logit(falseId));
      }
      return { ...features, scores: { data: scores, dims: [rows, 1] } };
    },
  };
}
