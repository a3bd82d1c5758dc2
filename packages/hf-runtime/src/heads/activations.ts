import type { Activation } from "../cross-encoder.js";
import { UnsupportedModuleError } from "../errors/unsupported-module-error.js";
import { className } from "./class-name.js";

/** Values of one input → new values, each rounded to float32 as torch's are. */
export type ActivationFunction = (values: Float32Array) => Float32Array;

const FUNCTIONS: Readonly<Record<string, ActivationFunction>> = {
  identity: (values) => values.slice(),
  sigmoid: each((x) => 1 / (1 + Math.exp(-x))),
  softmax,
  tanh: each(Math.tanh),
  relu: each((x) => Math.max(0, x)),
  gelu: each((x) => (x / 2) * (1 + erf(x / Math.SQRT2))),
  silu: each((x) => x / (1 + Math.exp(-x))),
};

/** Name of an activation from a name or from a Python class path: "torch.nn.modules.activation.Sigmoid" → "sigmoid". */
export function activationName(nameOrPath: string): Activation {
  return className(nameOrPath).toLowerCase();
}

/**
 * The function behind a name or a Python class path.
 * @throws UnsupportedModuleError for one that is not built here
 */
export function activationFunction(nameOrPath: Activation): ActivationFunction {
  const name = activationName(nameOrPath);
  const known = Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
  if (!known) throw new UnsupportedModuleError("activation", nameOrPath, Object.keys(FUNCTIONS));
  return known;
}

function each(scalar: (x: number) => number): ActivationFunction {
  // Float32Array.map rounds every result to float32.
  return (values) => values.map(scalar);
}

/** Over all values of an input, shifted by the largest so that nothing overflows. */
function softmax(values: Float32Array): Float32Array {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(values, (x) => Math.exp(x - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return Float32Array.from(powers, (power) => power / sum);
}

/** Error function within 1.5e-7 (Abramowitz and Stegun, Handbook of Mathematical Functions, 7.1.26). */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const polynomial = [0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429].reduceRight(
    (sum, coefficient) => (sum + coefficient) * t,
    0,
  );
  return Math.sign(x) * (1 - polynomial * Math.exp(-x * x));
}
