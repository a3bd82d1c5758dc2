import type { Value } from "../onnx/graph-builder.js";
import { type Apply, activationOf, gelu, relu, tanhGelu } from "./activate.js";
import { addBias, biasOf, matMul } from "./linear.js";
import type { ModelBuilder } from "./model-builder.js";

/** Lower bounds of the activations that models use. (GELU's minimum is −0.16997, that of its approximation −0.17004.) */
const FLOORS: ReadonlyMap<Apply, number> = new Map([
  [gelu, -0.1701],
  [tanhGelu, -0.1701],
  [relu, 0],
]);

/** onnxruntime's operators that add a bias and apply an activation. */
const WITH_BIAS: ReadonlyMap<Apply, string> = new Map([
  [gelu, "BiasGelu"],
  [tanhGelu, "FastGelu"],
]);

/** A linear layer and the activation after it: [..., in] → [..., out]. */
export function linearActivated(m: ModelBuilder, x: Value, name: string, activation: string): Value {
  const apply = activationOf(activation);
  const fused = m.operators === "onnxruntime" ? WITH_BIAS.get(apply) : undefined;
  const bias = biasOf(m, name);
  const product = matMul(m, x, name);
  const activated =
    fused === undefined || bias === undefined
      ? apply(m, addBias(m, product, name))
      : m.graph.contrib(fused, [product, bias]);
  m.sameRows(activated, x);
  const floor = FLOORS.get(apply);
  if (floor !== undefined) m.floors.set(activated, floor);
  return activated;
}
