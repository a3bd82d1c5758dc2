import { relative, resolve, sep } from "node:path";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import type { ExternalData, GraphBuilder } from "../onnx/graph-builder.js";
import { elementTypeOf } from "./element-type-of.js";

/** Describes a part of `file` for a graph whose weights folder is `folder`. */
export function externalData(folder: string, file: string, offset: number, length: number): ExternalData {
  return { location: relative(folder, resolve(file)).split(sep).join("/"), offset, length };
}

/** Adds the weights to the graph as references into their files. */
export function referWeights(graph: GraphBuilder, tensors: Iterable<TensorLocation>, folder: string): void {
  for (const tensor of tensors) {
    const data = externalData(folder, tensor.file, tensor.offset, tensor.length);
    graph.external(tensor.name, elementTypeOf(tensor), tensor.shape, data);
  }
}
