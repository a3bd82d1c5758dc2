import type { GraphBuilder } from "../onnx/graph-builder.js";
import { elementTypeOf } from "./element-type-of.js";
import type { TensorBytes } from "./tensor-bytes.js";

/** Adds tensors to a graph as bytes inside it. */
export function embedTensors(graph: GraphBuilder, tensors: Iterable<TensorBytes>): void {
  for (const tensor of tensors)
    graph.constant(tensor.name, elementTypeOf(tensor), tensor.shape, tensor.bytes);
}
