import { ModelConfigError } from "../../errors/model-config-error.js";
import { WeightShapeError } from "../../errors/weight-shape-error.js";
import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { activate } from "./activate.js";
import { float32MatMul } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";

/** Settings of a feed-forward part with several experts, a few of which compute each token. */
export interface MixtureOfExperts {
  /** Name of the linear layer that chooses experts, [experts, hidden]. */
  readonly router: string;
  /** Names of the experts' matrices. In each of the two, the matrices of all experts are stacked: [experts · inner, hidden]. */
  readonly up: string;
  readonly down: string;
  /** Name of the bias [hidden] that is added once. */
  readonly bias: string;
  readonly experts: number;
  /** Number of experts for each token. */
  readonly chosen: number;
  readonly activation: string;
}

/**
 * The sum of the chosen experts' results, weighted by softmax over all experts' scores: [batch, tokens, hidden] → [batch, tokens, hidden].
 * Each expert only computes the tokens that chose it. It is float32 for every precision.
 */
export function mixtureOfExperts(m: ModelBuilder, x: Value, layer: MixtureOfExperts): Value {
  const { graph } = m;
  const { experts, chosen, activation } = layer;
  if (chosen > experts)
    throw new ModelConfigError("moe_top_k", `at most ${experts}, the number of experts`, chosen);
  const [rows = 0, hidden = 0] = m.shape(layer.up);
  if (rows % experts !== 0) {
    throw new WeightShapeError(layer.up, `a multiple of ${experts} rows`, `[${rows},${hidden}]`);
  }
  const tokens = graph.op("Reshape", [x, graph.int64s([-1, hidden])]);
  const scores = graph.op("Softmax", [float32MatMul(m, tokens, `${layer.router}.weight`)], { axis: -1 });
  // [tokens, chosen] each
  const [weights = "", places = ""] = graph.ops("TopK", [scores, graph.int64s([chosen])], 2, { axis: -1 });
  let total = graph.op("ConstantOfShape", [graph.op("Shape", [tokens])]);
  for (let expert = 0; expert < experts; expert++) {
    const isChosen = graph.op("Cast", [graph.op("Equal", [places, graph.int64(expert)])], {
      to: ElementType.float32,
    });
    const weight = graph.op("ReduceSum", [graph.op("Mul", [weights, isChosen]), graph.int64s([1])], {
      keepdims: 1,
    });
    const counted = graph.op("ReduceSum", [isChosen, graph.int64s([1])], { keepdims: 0 });
    // [own tokens, 1]: positions of the expert's tokens.
    const own = graph.op("Transpose", [graph.op("NonZero", [counted])], { perm: [1, 0] });
    const input = graph.op("GatherND", [tokens, own]);
    const inner = activate(
      m,
      graph.op("MatMul", [input, transposed(m, layer.up, expert, experts)]),
      activation,
    );
    const output = graph.op("MatMul", [inner, m.part(layer.down, expert, experts)]);
    const weighted = graph.op("Mul", [output, graph.op("GatherND", [weight, own])]);
    total = graph.op("ScatterND", [total, own, weighted], { reduction: "add" });
  }
  const biased = graph.op("Add", [total, m.weight(layer.bias, 1)]);
  return graph.op("Reshape", [biased, graph.op("Shape", [x])]);
}

/** An expert's matrix, [hidden, inner]. onnxruntime transposes it once, when it loads the graph. */
function transposed(m: ModelBuilder, weight: string, part: number, parts: number): Value {
  return m.graph.op("Transpose", [m.part(weight, part, parts)], { perm: [1, 0] });
}
