import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Names of the inputs and the output for first tokens that texts share. */
export const PREFIX_PORTS = { past: "past", kept: "kept", given: "present" } as const;

/** Each layer has one slot for keys and one for values. */
const SLOTS_OF_LAYER = 2;

/**
 * Adds inputs and an output for first tokens that all texts of a batch share. The input `past` [slots, prefix, width] has the keys and values of
 * those tokens, and is empty if texts share none. The input `kept` [1] is the number of tokens of the first text whose keys and values the output
 * `present` [slots, kept, width] gives. Call it before any layer is added.
 *
 * @param width width of a token's keys, all heads together
 */
export function sharePrefix(m: ModelBuilder, layers: number, width: number): void {
  const slots = layers * SLOTS_OF_LAYER;
  m.prefix = {
    past: m.graph.input(PREFIX_PORTS.past, ElementType.float32, [slots, "prefix", width]),
    kept: m.graph.input(PREFIX_PORTS.kept, ElementType.int64, [1]),
    given: [],
  };
}

/**
 * Puts the prefix's keys or values before the batch's: [batch, tokens, width] → [batch, prefix + tokens, width]. Call it once for each slot, in
 * order.
 */
export function afterPrefix(m: ModelBuilder, own: Value): Value {
  const { graph, prefix } = m;
  if (prefix === undefined) return own;
  const slot = prefix.given.length;
  const first = graph.int64s([0, 0]);
  const end = m.once("end of kept", () => graph.op("Concat", [graph.int64s([1]), prefix.kept], { axis: 0 }));
  prefix.given.push(graph.op("Slice", [own, first, end, graph.int64s([0, 1])]));
  const past = graph.op("Gather", [prefix.past, graph.int64(slot)]);
  const shape = m.once("shape of past", () => {
    const batch = graph.op("Shape", [m.inputs.ids], { start: 0, end: 1 });
    return graph.op("Concat", [batch, graph.op("Shape", [past])], { axis: 0 });
  });
  return graph.op("Concat", [graph.op("Expand", [past, shape]), own], { axis: 1 });
}

/** Adds the output `present` to the graph, after the graph's own output. */
export function givePrefix({ graph, prefix }: ModelBuilder): void {
  if (prefix === undefined) return;
  const { given } = prefix;
  const shape = [given.length, "kept", "width"];
  graph.output(PREFIX_PORTS.given, graph.op("Concat", given, { axis: 0 }), ElementType.float32, shape);
}
