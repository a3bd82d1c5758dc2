import { ModelConfigError } from "../../errors/model-config-error.js";
import { float, type Value } from "../onnx/graph-builder.js";
import type { ModelBuilder } from "./model-builder.js";

/** Adds an activation to a graph. */
export type Apply = (m: ModelBuilder, x: Value) => Value;

/** x · (1 + erf(x / √2)) / 2 */
export const gelu: Apply = (m, x) => {
  const { graph } = m;
  if (m.operators === "onnxruntime") return graph.contrib("Gelu", [x]);
  return halfOfOnePlus(m, x, graph.op("Erf", [graph.op("Mul", [x, graph.float32(Math.SQRT1_2)])]));
};

/** x · (1 + tanh(√(2 / π) · (x + 0.044715 · x³))) / 2 */
export const tanhGelu: Apply = (m, x) => {
  const { graph } = m;
  if (m.operators === "onnxruntime") return graph.contrib("FastGelu", [x]);
  const cube = graph.op("Mul", [x, graph.op("Mul", [x, x])]);
  const bent = graph.op("Add", [x, graph.op("Mul", [cube, graph.float32(0.044715)])]);
  return halfOfOnePlus(
    m,
    x,
    graph.op("Tanh", [graph.op("Mul", [bent, graph.float32(Math.sqrt(2 / Math.PI))])]),
  );
};

const halfOfOnePlus = (m: ModelBuilder, x: Value, y: Value) => {
  const { graph } = m;
  return graph.op("Mul", [graph.op("Mul", [x, graph.op("Add", [y, graph.float32(1)])]), graph.float32(0.5)]);
};

export const relu: Apply = (m, x) => m.graph.op("Relu", [x]);

const silu: Apply = (m, x) => m.graph.op("Mul", [x, m.graph.op("Sigmoid", [x])]);

const clip = (m: ModelBuilder, x: Value, low: number, high: number) =>
  m.graph.op("Clip", [x, m.graph.float32(low), m.graph.float32(high)]);

/** transformers' activations by their names in config.json. */
const ACTIVATIONS: Readonly<Record<string, Apply>> = {
  gelu,
  gelu_python: gelu,
  gelu_10: (m, x) => clip(m, gelu(m, x), -10, 10),
  gelu_new: tanhGelu,
  gelu_fast: tanhGelu,
  gelu_accurate: tanhGelu,
  gelu_pytorch_tanh: tanhGelu,
  gelu_python_tanh: tanhGelu,
  quick_gelu: (m, x) => {
    const scaled = m.graph.op("Mul", [x, m.graph.float32(1.702)]);
    return m.graph.op("Mul", [x, m.graph.op("Sigmoid", [scaled])]);
  },
  relu,
  relu2: (m, x) => {
    const positive = m.graph.op("Relu", [x]);
    return m.graph.op("Mul", [positive, positive]);
  },
  relu6: (m, x) => clip(m, x, 0, 6),
  leaky_relu: (m, x) => m.graph.op("LeakyRelu", [x], { alpha: float(0.01) }),
  silu,
  swish: silu,
  sigmoid: (m, x) => m.graph.op("Sigmoid", [x]),
  tanh: (m, x) => m.graph.op("Tanh", [x]),
  mish: (m, x) => m.graph.op("Mul", [x, m.graph.op("Tanh", [m.graph.op("Softplus", [x])])]),
  hardswish: (m, x) => m.graph.op("HardSwish", [x]),
  linear: (_, x) => x,
};

/** Whether a name is an activation's name in config.json. */
export function isActivation(name: string): boolean {
  return Object.hasOwn(ACTIVATIONS, name);
}

/** Finds an activation by name. @throws ModelConfigError for one that transformers does not have either, or that has weights */
export function activationOf(name: string): Apply {
  const apply = isActivation(name) ? ACTIVATIONS[name] : undefined;
  if (apply === undefined) {
    throw new ModelConfigError("hidden_act", `one of ${Object.keys(ACTIVATIONS).join(", ")}`, name);
  }
  return apply;
}

/** Applies an activation: [...] → [...]. */
export function activate(m: ModelBuilder, x: Value, activation: string): Value {
  return activationOf(activation)(m, x);
}
