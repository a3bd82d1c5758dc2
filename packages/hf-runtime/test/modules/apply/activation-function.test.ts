import { describe, expect, it } from "@jest/globals";
import { UnsupportedModuleError } from "../../../src/errors/unsupported-module-error.js";
import { activationFunction, activationName } from "../../../src/modules/apply/activation-function.js";

const VALUES = Float32Array.of(-3, -0.5, 0, 1, 20);

/** torch's results for VALUES in float32. */
const TORCH: Readonly<Record<string, readonly number[]>> = {
  identity: [-3, -0.5, 0, 1, 20],
  sigmoid: [0.04742587357759476, 0.3775406777858734, 0.5, 0.7310585975646973, 1],
  tanh: [-0.9950547814369202, -0.46211716532707214, 0, 0.7615941762924194, 1],
  relu: [0, 0, 0, 1, 20],
  gelu: [-0.00404951209202409, -0.1542687714099884, 0, 0.8413447141647339, 20],
  silu: [-0.14227762818336487, -0.1887703388929367, 0, 0.7310585975646973, 20],
  mish: [-0.145647466, -0.22074376, 0, 0.865098357, 20],
  elu: [-0.950212955, -0.393469334, 0, 1, 20],
  celu: [-0.950212955, -0.393469334, 0, 1, 20],
  selu: [-1.6705687, -0.691758156, 0, 1.05070102, 21.0140209],
  leakyrelu: [-0.0299999993, -0.00499999989, 0, 1, 20],
  relu6: [0, 0, 0, 1, 6],
  hardtanh: [-1, -0.5, 0, 1, 1],
  hardsigmoid: [0, 0.416666657, 0.5, 0.666666687, 1],
  hardswish: [0, -0.208333328, 0, 0.666666687, 20],
  hardshrink: [-3, 0, 0, 1, 20],
  softshrink: [-2.5, 0, 0, 0.5, 19.5],
  softplus: [0.048587352, 0.474076986, 0.693147182, 1.31326163, 20],
  softsign: [-0.75, -0.333333343, 0, 0.5, 0.952380955],
  logsigmoid: [-3.04858732, -0.974076986, -0.693147182, -0.313261688, -2.06115369e-9],
  tanhshrink: [-2.00494528, -0.0378828347, 0, 0.238405824, 19],
  logsoftmax: [-23, -20.5, -20, -19, 0],
  softmin: [0.86942327, 0.0713666081, 0.043286033, 0.015924044, 8.92191668e-11],
  softmax: [1.0261879345745222e-10, 1.2501528730894005e-9, 2.0611536e-9, 5.6027964e-9, 1],
};

describe("activations", () => {
  it.each(Object.entries(TORCH))("%s gives what torch gives", (name, expected) => {
    const values = activationFunction(name)(VALUES);
    expect(values).toBeInstanceOf(Float32Array);
    values.forEach((value, i) => {
      // A tolerance of four units in the last place of a float32.
      expect(Math.abs(value - expected[i]!)).toBeLessThan(5e-7 * Math.max(1, Math.abs(expected[i]!)));
    });
  });

  it("does not change the logits", () => {
    const logits = Float32Array.of(1, 2);
    activationFunction("identity")(logits)[0] = 9;
    expect(logits).toEqual(Float32Array.of(1, 2));
  });

  it("does not overflow", () => {
    expect(activationFunction("softmax")(Float32Array.of(1000, 1000))).toEqual(Float32Array.of(0.5, 0.5));
    expect(activationFunction("sigmoid")(Float32Array.of(-1000))).toEqual(Float32Array.of(0));
  });

  it("reads Python's class paths as names", () => {
    expect(activationName("torch.nn.modules.linear.Identity")).toBe("identity");
    expect(activationFunction("torch.nn.modules.activation.Sigmoid")(Float32Array.of(0))[0]).toBe(0.5);
  });

  it("throws for an unknown activation, and names the known ones", () => {
    expect(() => activationFunction("prelu")).toThrow(UnsupportedModuleError);
    expect(() => activationFunction("prelu")).toThrow(/sigmoid.*"prelu".*take the `logits`/);
    expect(() => activationFunction("constructor")).toThrow(UnsupportedModuleError);
  });
});
