import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Adds values one after another. */
export function sum(m: ModelBuilder, first: Value, ...others: Value[]): Value {
  return others.reduce((total, value) => m.graph.op("Add", [total, value]), first);
}
