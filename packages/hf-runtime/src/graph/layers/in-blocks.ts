import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** A block of queries. */
export interface QueryBlock {
  /** [batch, block, hidden]. In the last block, zeros follow the text's end. */
  readonly queries: Value;
  /** Position of the first query in the text, a single int64. */
  readonly start: Value;
  /** [block]: position of each query. */
  readonly places: Value;
}

/**
 * Applies `attend` to one block of queries after another: [batch, tokens, hidden] → [batch, tokens, hidden].
 *
 * @param size number of queries in a block
 * @param attend returns [batch, block, hidden]
 */
export function inBlocks(
  m: ModelBuilder,
  queries: Value,
  size: number,
  attend: (block: QueryBlock) => Value,
): Value {
  const { graph } = m;
  const hidden = graph.op("Shape", [queries], { start: 2, end: 3 });
  const join = (...parts: Value[]) => graph.op("Concat", parts, { axis: 0 });
  const padded = padTokens(m, queries, 0, pastLastBlock(m, size));
  const blocks = graph.op("Reshape", [padded, join(graph.int64s([0, -1, size]), hidden)]);
  const [first, end] = [m.prefixTokens, m.allTokens].map((count) => graph.op("Squeeze", [count]));
  const starts = graph.op("Range", [first, end, graph.int64(size)]);
  const within = graph.int64s(Array.from({ length: size }, (_, i) => i));
  const body = m.subgraph([ElementType.float32, ElementType.int64], ([queries = "", start = ""]) =>
    attend({ queries, start, places: graph.op("Add", [start, within]) }),
  );
  const found = graph.op("Scan", [blocks, starts], {
    body,
    num_scan_inputs: 2,
    scan_input_axes: [1, 0],
    scan_output_axes: [1],
  });
  const joined = graph.op("Reshape", [found, join(graph.int64s([0, -1]), hidden)]);
  return graph.op("Slice", [joined, graph.int64s([0]), m.tokens, graph.int64s([1])]);
}

/** [1]: number of positions between the text's end and the end of its last block. */
export function pastLastBlock(m: ModelBuilder, size: number): Value {
  const { graph } = m;
  return m.once(`past last block ${size}`, () =>
    graph.op("Mod", [graph.op("Neg", [m.tokens]), graph.int64s([size])]),
  );
}

/** Adds zeros before and after the tokens, which are the second of two or three dimensions. */
export function padTokens(
  m: ModelBuilder,
  value: Value,
  before: number,
  after: Value,
  dimensions: 2 | 3 = 3,
): Value {
  const { graph } = m;
  const others = Array.from({ length: dimensions - 2 }, () => 0);
  const pads = [graph.int64s([0, before, ...others, 0]), after];
  if (others.length > 0) pads.push(graph.int64s(others));
  return graph.op("Pad", [value, graph.op("Concat", pads, { axis: 0 })]);
}
