import { WeightShapeError } from "../../errors/weight-shape-error.js";
import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { LORA } from "./adapters.js";
import type { ModelBuilder } from "./model-builder.js";

/**
 * Adds the adapter's product of the input to a layer's result, for the task of the pass: x · Aᵀ · Bᵀ · scale.
 * @param x [batch, tokens, in]
 * @param result [batch, tokens, out]
 * @param name name of the layer; if it has no adapters, the result is unchanged
 * @throws WeightShapeError if an adapter does not fit the configuration
 */
export function withAdapter(m: ModelBuilder, x: Value, result: Value, name: string): Value {
  const weights = adapterOf(m, name, ([, rank]) => rank);
  if (weights === undefined) return result;
  const { graph } = m;
  const [a, b] = weights.map((weight) => {
    const transposed = graph.op("Transpose", [m.weight(weight, 3)], { perm: [0, 2, 1] });
    return graph.op("Gather", [transposed, chosenTask(m)], { axis: 0 });
  }) as [Value, Value];
  const inner = graph.op("MatMul", [x, a]);
  return graph.op("Add", [result, graph.op("MatMul", [inner, graph.op("Mul", [b, strength(m)])])]);
}

/**
 * {@link withAdapter} for rows of a table: adds the adapter's rows for the ids, times its second matrix.
 * @param ids [batch, tokens], or [1]
 * @param rows the table's rows: [batch, tokens, width], or [1, width]
 */
export function withAdaptedRows(m: ModelBuilder, ids: Value, rows: Value, table: string): Value {
  const weights = adapterOf(m, table.replace(/\.weight$/, ""), ([, , rank]) => rank);
  if (weights === undefined) return rows;
  const { graph } = m;
  const [, entries = 0, rank = 0] = m.shape(weights[0]);
  // The tables of all tasks form one table, in which each task's rows begin after those of earlier tasks.
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

/** The task of the pass as a scalar; the last task if the pass has none. */
function chosenTask(m: ModelBuilder): Value {
  return m.once("chosen task", () => m.graph.op("Min", [task(m), int(m, m.adapters!.count - 1)]));
}

/** Factor of an adapter's product: 0 in a pass without a task. */
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
