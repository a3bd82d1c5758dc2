import { ElementType } from "../../src/graph/onnx/element-type.js";
import { GraphBuilder, type Value } from "../../src/graph/onnx/graph-builder.js";
import type { SessionSpec } from "../../src/session/session-spec.js";

export interface ToyModel {
  /** Declared type of the inputs. */
  readonly inputs?: "int32" | "int64";
  readonly outputs?: "float32" | "float16" | "int32";
  /** Number of products of two 512 × 512 matrices in each forward pass, to make it slow: some 10 ms each on one thread. */
  readonly products?: number;
  /** Iterations of a loop for each unit of the largest id; 2^40 never end. They need no memory. */
  readonly turns?: number;
}

/** A graph whose "logits" [rows, 1] are the sums of each row's unmasked ids. */
export function toyModel({
  inputs = "int64",
  outputs = "float32",
  products = 0,
  turns = 0,
}: ToyModel = {}): Uint8Array {
  const graph = new GraphBuilder();
  const float32 = (name: string) => graph.op("Cast", [name], { to: ElementType.float32 });
  const ids = float32(graph.input("input_ids", ElementType[inputs], ["rows", "tokens"]));
  const mask = float32(graph.input("attention_mask", ElementType[inputs], ["rows", "tokens"]));
  const sums = graph.op("ReduceSum", [graph.op("Mul", [ids, mask]), graph.int64s([1])], { keepdims: 1 });
  let logits = products > 0 ? graph.op("Add", [sums, waste(graph, ids, products)]) : sums;
  if (turns > 0) logits = graph.op("Add", [logits, loop(graph, ids, turns)]);
  const cast = graph.op("Cast", [logits], { to: ElementType[outputs] });
  graph.output("logits", cast, ElementType[outputs], ["rows", 1]);
  return graph.finish();
}

/** Zero, after work that depends on the input, so that it is not optimised away at load. */
function waste(graph: GraphBuilder, ids: Value, products: number): Value {
  const zeros = graph.op("ConstantOfShape", [graph.int64s([512, 512])]);
  let matrix = graph.op("Mul", [zeros, graph.op("ReduceMean", [ids], { keepdims: 0 })]);
  for (let i = 0; i < products; i++) matrix = graph.op("MatMul", [matrix, matrix]);
  return graph.op("ReduceSum", [matrix], { keepdims: 0 });
}

/** Zero, after one iteration plus `turns` for each unit of the largest id, over rows without columns. */
function loop(graph: GraphBuilder, ids: Value, turns: number): Value {
  const largest = graph.op("Cast", [graph.op("ReduceMax", [ids], { keepdims: 0 })], {
    to: ElementType.int64,
  });
  const counted = graph.op("Mul", [graph.op("Reshape", [largest, graph.int64s([1])]), graph.int64s([turns])]);
  const rows = graph.op("Add", [counted, graph.int64s([1])]);
  const shape = graph.op("Concat", [rows, graph.int64s([0])], { axis: 0 });
  const body = graph.subgraph([ElementType.float32, ElementType.float32], ([state = ""]) =>
    graph.op("Sin", [state]),
  );
  return graph.op("Scan", [graph.float32(0), graph.op("ConstantOfShape", [shape])], {
    body,
    num_scan_inputs: 1,
  });
}

export function toySpec(changes: Partial<SessionSpec> = {}): SessionSpec {
  return {
    model: "toy",
    source: toyModel(),
    weightsFolder: undefined,
    device: "cpu",
    ownBytes: 0,
    packedBytes: 0,
    mayLoop: false,
    threads: 1,
    lowMemory: false,
    ...changes,
  };
}

/** Feeds of a toy model: rows of ids of the same length, without padding. */
export function toyFeeds(rows: readonly (readonly number[])[]) {
  const dims = [rows.length, rows[0]?.length ?? 0];
  const ids = BigInt64Array.from(rows.flat(), BigInt);
  return {
    input_ids: { type: "int64", data: ids, dims },
    attention_mask: { type: "int64", data: ids.map(() => 1n), dims },
  } as const;
}
