import { describe, expect, it } from "@jest/globals";
import { activationFunction } from "../../../src/modules/apply/activation-function.js";
import { applyDense, type DenseWeights as Dense } from "../../../src/modules/apply/apply-dense.js";
import { unitVector as normalize } from "../../../src/modules/apply/unit-vector.js";

const DENSE: Dense = {
  inFeatures: 2,
  outFeatures: 3,
  weight: Float32Array.of(1, 2, 3, 4, -5, -6),
  bias: Float32Array.of(0.5, 0, 0),
  activation: activationFunction("relu"),
  residual: undefined,
};

describe("applyDense", () => {
  it("multiplies by the weight as torch stores it, adds the bias and activates", () => {
    expect(applyDense(DENSE, Float32Array.of(1, 10))).toEqual(Float32Array.of(21.5, 43, 0));
  });

  it("works without a bias", () => {
    expect(applyDense({ ...DENSE, bias: undefined }, Float32Array.of(1, 10))[0]).toBe(21);
  });

  it("adds the residual after the activation", () => {
    const square: Dense = { ...DENSE, outFeatures: 2, weight: Float32Array.of(-1, 0, 0, 1), bias: undefined };
    const vector = Float32Array.of(3, 4);
    expect(applyDense({ ...square, residual: "input" }, vector)).toEqual(Float32Array.of(3, 8));
    expect(applyDense({ ...square, residual: Float32Array.of(1, 1, 0, 0) }, vector)).toEqual(
      Float32Array.of(7, 4),
    );
  });
});

describe("normalize", () => {
  it("scales to length 1 and does not change the given vector", () => {
    const vector = Float32Array.of(3, 4);
    expect(normalize(vector)).toEqual(Float32Array.of(0.6, 0.8));
    expect(vector).toEqual(Float32Array.of(3, 4));
  });

  it("leaves the zero vector zero", () => {
    expect(normalize(new Float32Array(2))).toEqual(new Float32Array(2));
  });
});
