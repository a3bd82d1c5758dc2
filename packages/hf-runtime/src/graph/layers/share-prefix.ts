import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Names of the inputs and the output of a graph whose texts may go on from tokens that they share. */
export const PREFIX_PORTS = { past: "past", kept: "kept", given: "present" } as const;

/** A value for keys, and one for values. */
const SLOTS_OF_LAYER = 2;

/**
 * Lets the texts of a batch go on from tokens that all of them begin with. The graph gets the keys and values of those tokens as `past`
 * [slots, prefix, width], which has no tokens where texts share none, and says in `kept` [1] of how many tokens of the first text `present`
 * [slots, kept, width] gives them out. Call it before any layer is added.
 *
 * @param width of the keys of a token, all heads together
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
 * Keys or values of the prefix before those of the batch: [batch, tokens, width] → [batch, prefix + tokens, width]. Called once for each
 * slot, in their order.
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

/** Adds the output of what is kept to the graph, after its own output. */
export function givePrefix({ graph, prefix }: ModelBuilder): void {
  if (prefix === undefined) return;
  const { given } = prefix;
  const shape = [given.length, "kept", "width"];
  graph.output(PREFIX_PORTS.given, graph.op("Concat", given, { axis: 0 }), ElementType.float32, shape);
}
