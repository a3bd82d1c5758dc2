import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** The mask of all tokens that can be attended to, in the form that onnxruntime's operator needs: [batch, prefix + tokens], int32. */
export function keyMask(m: ModelBuilder): Value {
  const { graph } = m;
  const own =
    m.idType === "int32"
      ? m.inputs.mask
      : m.once("int32 mask", () => graph.op("Cast", [m.inputs.mask], { to: ElementType.int32 }));
  if (m.prefix === undefined) return own;
  return m.once("key mask", () => {
    const batch = graph.op("Shape", [m.inputs.ids], { start: 0, end: 1 });
    const shape = graph.op("Concat", [batch, m.prefixTokens], { axis: 0 });
    return graph.op("Concat", [graph.op("Expand", [graph.int32(1), shape]), own], { axis: 1 });
  });
}
