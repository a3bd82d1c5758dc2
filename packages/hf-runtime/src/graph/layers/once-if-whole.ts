import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { byLength } from "./by-length.js";
import type { ModelBuilder } from "./model-builder.js";

/** A value for all pairs of tokens that all layers share, made once. For a text that is processed in blocks it is empty: [1, 1, 0, 0]. */
export function onceIfWhole(m: ModelBuilder, key: string, make: () => Value): Value {
  return m.once(key, () =>
    byLength(m, make, () => m.graph.constant("nothing", ElementType.float32, [1, 1, 0, 0], new Uint8Array())),
  );
}
