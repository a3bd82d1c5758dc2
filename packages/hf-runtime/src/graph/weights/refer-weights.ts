import { relative, resolve, sep } from "node:path";
import type { TensorLocation } from "../../safetensors/read-safetensors-header.js";
import type { GraphBuilder } from "../onnx/graph-builder.js";
import { elementTypeOf } from "./element-type-of.js";

/** Path of a file for a graph whose weights folder is `folder`. */
const locationOf = (folder: string, file: string) => relative(folder, resolve(file)).split(sep).join("/");

/** Adds the weights to the graph as references into their files. */
export function referWeights(graph: GraphBuilder, tensors: Iterable<TensorLocation>, folder: string): void {
  const locations = new Map<string, string>();
  for (const tensor of tensors) {
    const { name, file, offset, length, shape } = tensor;
    const location = locations.get(file) ?? locationOf(folder, file);
    locations.set(file, location);
    graph.external(name, elementTypeOf(tensor), shape, { location, offset, length });
  }
}
