import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { byLength } from "./by-length.js";
import type { ModelBuilder } from "./model-builder.js";

/** What all layers share of all pairs of tokens, made once: empty, [1, 1, 0, 0], for a text whose queries are taken in blocks. */
export function onceIfWhole(m: ModelBuilder, key: string, make: () => Value): Value {
  return m.once(key, () =>
    byLength(m, make, () => m.graph.constant("nothing", ElementType.float32, [1, 1, 0, 0], new Uint8Array())),
  );
}
