import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";
import { tokenIndices } from "./token-indices.js";

/**
 * The vector of each text's last token that is neither padding nor has the id `padId`, as transformers' classifiers of causal models choose
 * it. If there is no such token, it is the first token's vector.
 * [batch, tokens, hidden] → [batch, hidden]
 *
 * @param padId undefined if no id is skipped
 */
export function lastTokenBut(m: ModelBuilder, hidden: Value, padId: number | undefined): Value {
  const { graph, inputs } = m;
  const int64 = (value: Value) => graph.op("Cast", [value], { to: ElementType.int64 });
  let places = graph.op("Mul", [int64(inputs.mask), tokenIndices(m)]);
  if (padId !== undefined) {
    const isOther = graph.op("Not", [graph.op("Equal", [int64(inputs.ids), graph.int64(padId)])]);
    places = graph.op("Mul", [int64(isOther), places]);
  }
  const last = graph.op("ArgMax", [places], { axis: 1, keepdims: 1 });
  return graph.op("GatherND", [hidden, last], { batch_dims: 1 });
}
