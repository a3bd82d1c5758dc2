import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Adds values one after another, to the first one, which has the shape of the sum. */
export function sum(m: ModelBuilder, first: Value, ...others: Value[]): Value {
  return others.reduce((total, value) => m.sameRows(m.graph.op("Add", [total, value]), total), first);
}
