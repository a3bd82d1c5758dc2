import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Positions in RoBERTa's counting: the tokens are counted from `padId` + 1, and padding has the position `padId`.
 * [batch, tokens] → [batch, tokens], int32.
 */
export function positionsPastPadding(m: ModelBuilder, padId: number): Value {
  const { graph, inputs } = m;
  const int32 = (value: Value) => graph.op("Cast", [value], { to: ElementType.int32 });
  const pad = int32(graph.int64(padId));
  const isToken = int32(graph.op("Not", [graph.op("Equal", [int32(inputs.ids), pad])]));
  const counted = graph.op("CumSum", [isToken, graph.int64(1)]);
  return graph.op("Add", [graph.op("Mul", [counted, isToken]), pad]);
}
