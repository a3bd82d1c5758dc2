import { checkText } from "../texts/check-text.js";

/** Maps the values of one input to new values, each rounded to float32 as in torch. */
export type ActivationFunction = (values: Float32Array) => Float32Array;

/** Activations of torch.nn with torch's default parameters: a class path cannot contain others. */
const FUNCTIONS: Readonly<Record<string, ActivationFunction>> = {
  identity: (values) => values.slice(),
  sigmoid: each(sigmoid),
  softmax,
  tanh: each(Math.tanh),
  relu: each((x) => Math.max(0, x)),
  gelu: each((x) => (x / 2) * (1 + erf(x / Math.SQRT2))),
  silu: each((x) => x * sigmoid(x)),
  mish: each((x) => x * Math.tanh(softplus(x))),
  elu: each((x) => (x > 0 ? x : Math.expm1(x))),
  celu: each((x) => (x > 0 ? x : Math.expm1(x))),
  selu: each((x) => SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x))),
  leakyrelu: each((x) => (x > 0 ? x : 0.01 * x)),
  relu6: each((x) => clamp(x, 0, 6)),
  hardtanh: each((x) => clamp(x, -1, 1)),
  hardsigmoid: each((x) => clamp(x + 3, 0, 6) / 6),
  hardswish: each((x) => (x * clamp(x + 3, 0, 6)) / 6),
  hardshrink: each((x) => (Math.abs(x) > 0.5 ? x : 0)),
  softshrink: each((x) => Math.sign(x) * Math.max(0, Math.abs(x) - 0.5)),
  softplus: each(softplus),
  softsign: each((x) => x / (1 + Math.abs(x))),
  logsigmoid: each((x) => -softplus(-x)),
  tanhshrink: each((x) => x - Math.tanh(x)),
  logsoftmax,
  softmin: (values) => softmax(values.map((x) => -x)),
};

/** Klambauer et al., Self-Normalizing Neural Networks (2017), appendix. */
const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** Names of all activation functions. */
export const ACTIVATION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

/**
 * Extracts the lower-case name of an activation from a name or a Python class path.
 * @throws {InvalidOptionError} if it is not a string
 *
 * @example
 * activationName("torch.nn.modules.activation.Sigmoid"); // "sigmoid"
 */
export function activationName(nameOrPath: string): string {
  checkText(nameOrPath, "activation");
  return nameOrPath.slice(nameOrPath.lastIndexOf(".") + 1).toLowerCase();
}

/**
 * Finds the activation function of a name or a Python class path.
 * @returns undefined if the name is unknown
 * @throws {InvalidOptionError} if it is not a string
 */
export function activationFunction(nameOrPath: string): ActivationFunction | undefined {
  const name = activationName(nameOrPath);
  return Object.hasOwn(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
}

function each(scalar: (x: number) => number): ActivationFunction {
  // Float32Array.map rounds every result to float32.
  return (values) => values.map(scalar);
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** log(1 + eˣ) without overflow. */
function softplus(x: number): number {
  return Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x)));
}

function clamp(x: number, least: number, most: number): number {
  return Math.min(Math.max(x, least), most);
}

/** Softmax over all values of an input. */
function softmax(values: Float32Array): Float32Array {
  const logarithm = logSumExp(values);
  return values.map((x) => Math.exp(x - logarithm));
}

function logsoftmax(values: Float32Array): Float32Array {
  const logarithm = logSumExp(values);
  return values.map((x) => x - logarithm);
}

/** Logarithm of the sum of exponentials, shifted by the largest value so that nothing overflows. */
function logSumExp(values: Float32Array): number {
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  return largest + Math.log(values.reduce((sum, x) => sum + Math.exp(x - largest), 0));
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
