import { WeightShapeError } from "../../errors/weight-shape-error.js";
import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { LORA } from "./adapters.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Adds to a layer's result what its adapter of the pass's task makes of the input: x · Aᵀ · Bᵀ · scale.
 * @param x [batch, tokens, in]
 * @param result [batch, tokens, out]
 * @param name of the layer, which may have no adapters
 * @throws WeightShapeError
 */
export function withAdapter(m: ModelBuilder, x: Value, result: Value, name: string): Value {
  const weights = adapterOf(m, name, ([, rank]) => rank);
  if (weights === undefined) return result;
  const { graph } = m;
  const [a, b] = weights.map((weight) => {
    const turned = graph.op("Transpose", [m.weight(weight, 3)], { perm: [0, 2, 1] });
    return graph.op("Gather", [turned, chosenTask(m)], { axis: 0 });
  }) as [Value, Value];
  const inner = graph.op("MatMul", [x, a]);
  return graph.op("Add", [result, graph.op("MatMul", [inner, graph.op("Mul", [b, strength(m)])])]);
}

/**
 * The same for rows of a table: the adapter's own rows of the ids, times its second matrix.
 * @param ids [batch, tokens], or [1]
 * @param rows those of the table: [batch, tokens, width], or [1, width]
 */
export function withAdaptedRows(m: ModelBuilder, ids: Value, rows: Value, table: string): Value {
  const weights = adapterOf(m, table.replace(/\.weight$/, ""), ([, , rank]) => rank);
  if (weights === undefined) return rows;
  const { graph } = m;
  const [, entries = 0, rank = 0] = m.shape(weights[0]);
  // The tables of all tasks as one: an id's row is so many entries further for each task before.
  const flat = graph.op("Reshape", [m.storedWeight(weights[0], 3), graph.int64s([-1, rank])]);
  const first = graph.op("Mul", [chosenTask(m), int(m, entries)]);
  const own = m.toFloat(weights[0], graph.op("Gather", [flat, graph.op("Add", [ids, first])]));
  const b = graph.op("Gather", [m.weight(weights[1], 3), chosenTask(m)], { axis: 0 });
  return graph.op("Add", [rows, graph.op("MatMul", [own, graph.op("Mul", [b, strength(m)])])]);
}

/** Names of a layer's two matrices, if it has adapters. */
function adapterOf(
  m: ModelBuilder,
  name: string,
  rankOf: (shape: readonly number[]) => number | undefined,
): readonly [a: string, b: string] | undefined {
  const [a, b] = [`${name}${LORA}A`, `${name}${LORA}B`] as const;
  if (m.adapters === undefined || !m.has(a)) return undefined;
  const { count, rank } = m.adapters;
  const shape = m.shape(a);
  if (shape[0] !== count || rankOf(shape) !== rank) {
    const expected = `of ${count} tasks (lora_adaptations) and rank ${rank} (lora_rank)`;
    throw new WeightShapeError(a, expected, `[${shape}]`);
  }
  return [a, b];
}

/** The pass's task, or the last one if it has none: a scalar. */
function chosenTask(m: ModelBuilder): Value {
  return m.once("chosen task", () => m.graph.op("Min", [task(m), int(m, m.adapters!.count - 1)]));
}

/** What an adapter's product is multiplied by: nothing is left of it in a pass without a task. */
function strength(m: ModelBuilder): Value {
  const { graph } = m;
  return m.once("strength of adapters", () => {
    const { count, scale } = m.adapters!;
    const isOne = graph.op("Less", [task(m), int(m, count)]);
    return graph.op("Mul", [graph.op("Cast", [isOne], { to: ElementType.float32 }), graph.float32(scale)]);
  });
}

function task(m: ModelBuilder): Value {
  return m.once("task", () => m.graph.op("Squeeze", [m.inputs.task!, m.graph.int64s([0])]));
}

/** A number of the inputs' type. */
function int(m: ModelBuilder, value: number): Value {
  return m.graph.op("Cast", [m.graph.int64(value)], { to: ElementType[m.idType] });
}
