import { ElementType } from "../onnx/element-type.js";
import type { Value } from "../onnx/graph-builder.js";
import { byLength } from "./by-length.js";
import type { ModelBuilder } from "./model-builder.js";

/** Makes a value for all pairs of tokens once, for all layers. For texts that are processed in blocks, which make their own parts of it, it is empty: [1, 1, 0, 0]. */
export function onceIfWhole(m: ModelBuilder, key: string, make: () => Value): Value {
  return m.once(key, () =>
    byLength(m, make, () => m.graph.constant("nothing", ElementType.float32, [1, 1, 0, 0], new Uint8Array())),
  );
}
