import { describe, expect, it } from "@jest/globals";
import { ModelConfigError } from "../../../src/errors/model-config-error.js";
import { ropeFrequencies } from "../../../src/graph/layers/rope-frequencies.js";
import { ropeParameters } from "../../../src/graph/layers/rope-parameters.js";
import { ModelConfig } from "../../../src/model-source/model-config.js";

const SIZE = 8;
const DEFAULTS = { theta: 10_000, positions: 64 };

const frequencies = (config: Record<string, unknown>) =>
  ropeFrequencies(ropeParameters(new ModelConfig(config), DEFAULTS), SIZE);

describe("A rotation", () => {
  it("without parameters has half as many frequencies as values, from 1 down to 1 / theta", () => {
    const { frequencies: found, scale } = frequencies({});
    expect(found).toHaveLength(SIZE / 2);
    expect(found[0]).toBe(1);
    expect(found[2]).toBeCloseTo(1 / 10_000 ** 0.5, 9);
    expect(scale).toBe(1);
  });

  it.each([
    { rope_theta: 50, rope_scaling: null },
    { rope_theta: 50, rope_parameters: {} },
    { rope_theta: 3, rope_parameters: { rope_theta: 50 } },
    { rope_scaling: { type: "default", rope_theta: 50 }, rope_parameters: { rope_theta: 4 } },
    { rope_theta: 50, rope_scaling: {}, partial_rotary_factor: 0.5 },
    { rope_parameters: { rope_type: "dynamic", factor: 4, rope_theta: 50 } },
  ])("gets its base from the same setting as in transformers: %j", (config) => {
    expect(frequencies(config)).toEqual(frequencies({ rope_theta: 50 }));
  });

  it.each([
    [{ rope_scaling: { rope_type: "ntk", factor: 2 } }, /"rope_type".*"llama3".*got "ntk"/],
    [{ rope_scaling: { type: "su" } }, /"type".*got "su"/],
    [{ rope_parameters: { rope_type: "linear" } }, /"factor".*a finite number, got undefined/],
    [{ rope_parameters: { rope_type: "linear", factor: 0 } }, /"factor".*above 0, got 0/],
    [{ rope_theta: -1 }, /"rope_theta".*above 0, got -1/],
    [{ rope_parameters: { rope_type: "llama3", factor: 2 } }, /"low_freq_factor"/],
    [
      { rope_parameters: { rope_type: "longrope", short_factor: [1], long_factor: "2" } },
      /"long_factor".*a list/,
    ],
    [
      { rope_parameters: { rope_type: "longrope", short_factor: [1], long_factor: [2] } },
      /a list of 4 numbers, got \[1\]/,
    ],
    [
      { rope_parameters: { rope_type: "yarn", factor: 2, partial_rotary_factor: 0.5 } },
      /"partial_rotary_factor".*got 0.5/,
    ],
    [{ rope_parameters: [] }, /"rope_parameters".*an object, got \[\]/],
  ])("that is impossible causes an error that names the wrong setting: %j", (config, message) => {
    expect(() => frequencies(config)).toThrow(ModelConfigError);
    expect(() => frequencies(config)).toThrow(message);
  });
});
