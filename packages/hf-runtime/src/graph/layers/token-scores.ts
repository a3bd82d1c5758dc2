import { WeightShapeError } from "../../errors/weight-shape-error.js";
import type { Value } from "../onnx/graph-builder.js";
import { float32Linear } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";

/** Names of the layer that decides which tokens to keep, in Provence and in OpenProvence. */
const HEADS = ["token_classifier", "pruning_head.classifier"] as const;

/**
 * The logits of a text and of each of its tokens, in one tensor because a graph has one output: hidden states [batch, tokens, hidden] →
 * [batch, tokens, 3]. The first number is the text's logit, the same for all of its tokens; the second and third are the token's logits for being
 * dropped and for being kept.
 * @param scores [batch, labels]; the first label is the text's logit
 * @throws MissingWeightError, WeightShapeError
 */
export function tokenScores(m: ModelBuilder, hidden: Value, scores: Value): Value {
  const { graph } = m;
  const head = HEADS.find((name) => m.has(`${name}.weight`)) ?? HEADS[0];
  const weight = `${head}.weight`;
  const [rows] = m.shape(weight);
  if (rows !== 2) {
    throw new WeightShapeError(
      weight,
      "2 rows, one to drop a token and one to keep it",
      `[${m.shape(weight)}]`,
    );
  }
  const logits = float32Linear(m, hidden, head);
  const first = graph.op("Slice", [scores, graph.int64s([0]), graph.int64s([1]), graph.int64s([1])]);
  const column = graph.op("Unsqueeze", [first, graph.int64s([2])]);
  const shape = graph.op("Concat", [graph.int64s([1]), m.tokens, graph.int64s([1])], { axis: 0 });
  return graph.op("Concat", [graph.op("Expand", [column, shape]), logits], { axis: 2 });
}
