import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { emptyMatrix, type QuantizedMatrix, quantizeRows } from "../../../src/graph/int8/quantize-rows.js";

const matrix = fc
  .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 1, max: 70 }))
  .chain(([outputs, inputs]) =>
    fc.record({
      outputs: fc.constant(outputs),
      inputs: fc.constant(inputs),
      weight: fc.float32Array({
        minLength: outputs * inputs,
        maxLength: outputs * inputs,
        min: -4,
        max: 4,
        noNaN: true,
      }),
    }),
  );

function quantize(weight: Float32Array, outputs: number, inputs: number, slice = outputs): QuantizedMatrix {
  const matrix = emptyMatrix(outputs, inputs);
  for (let from = 0; from < outputs; from += slice) {
    quantizeRows(weight, matrix, from, Math.min(from + slice, outputs));
  }
  return matrix;
}

describe("quantizeRows", () => {
  it("rounds each weight to the nearest step of its output's scale, and transposes the matrix", () => {
    fc.assert(
      fc.property(matrix, ({ outputs, inputs, weight }) => {
        const { values, scales } = quantize(weight, outputs, inputs);
        const errors = Array.from(weight, (value, at) => {
          const [o, i] = [Math.floor(at / inputs), at % inputs];
          const scale = scales[o] ?? Number.NaN;
          const restored = (values[i * outputs + o] ?? Number.NaN) * scale;
          // Half a step, plus the error of rounding the scale to float32 over 127 steps (larger below 1e-38).
          return Math.abs(restored - value) - (scale * 0.50002 + 1e-42);
        });
        expect(Math.max(...errors)).toBeLessThanOrEqual(0);
      }),
      { numRuns: 50 },
    );
  });

  it("gives an output's peak the largest value, of either sign", () => {
    const { values, scales } = quantize(Float32Array.of(1, -2, 0.5, 0.25, 0, 0), 3, 2);
    expect([...values]).toEqual([64, 127, 0, -127, 64, 0]);
    expect([...scales]).toEqual([2, 0.5, 0].map((peak) => Math.fround(peak / 127)));
  });

  it("gives the same in slices of any size", () => {
    fc.assert(
      fc.property(matrix, fc.integer({ min: 1, max: 70 }), ({ outputs, inputs, weight }, slice) => {
        expect(quantize(weight, outputs, inputs, slice)).toEqual(quantize(weight, outputs, inputs));
      }),
      { numRuns: 20 },
    );
  });
});
