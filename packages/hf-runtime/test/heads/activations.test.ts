import { describe, expect, it } from "@jest/globals";
import { UnsupportedModuleError } from "../../src/errors/unsupported-module-error.js";
import { activationFunction, activationName } from "../../src/heads/activations.js";

const VALUES = Float32Array.of(-3, -0.5, 0, 1, 20);

/** torch 2.11, float32, of VALUES. */
const TORCH: Readonly<Record<string, readonly number[]>> = {
  identity: [-3, -0.5, 0, 1, 20],
  sigmoid: [0.04742587357759476, 0.3775406777858734, 0.5, 0.7310585975646973, 1],
  tanh: [-0.9950547814369202, -0.46211716532707214, 0, 0.7615941762924194, 1],
  relu: [0, 0, 0, 1, 20],
  gelu: [-0.00404951209202409, -0.1542687714099884, 0, 0.8413447141647339, 20],
  silu: [-0.14227762818336487, -0.1887703388929367, 0, 0.7310585975646973, 20],
  softmax: [1.0261879345745222e-10, 1.2501528730894005e-9, 2.0611536e-9, 5.6027964e-9, 1],
};

describe("activations", () => {
  it.each(Object.entries(TORCH))("%s gives what torch gives", (name, expected) => {
    const values = activationFunction(name)(VALUES);
    expect(values).toBeInstanceOf(Float32Array);
    values.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i]!, 6);
    });
  });

  it("leaves the logits as they are", () => {
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

  it("refuses what it does not know, and names what it does", () => {
    expect(() => activationFunction("mish")).toThrow(UnsupportedModuleError);
    expect(() => activationFunction("mish")).toThrow(/sigmoid.*"mish".*take the `logits`/);
    expect(() => activationFunction("constructor")).toThrow(UnsupportedModuleError);
  });
});
