import { afterEach, describe, expect, it, jest } from "@jest/globals";
import fc from "fast-check";
import { createScoreKernels } from "../../src/kernels/create-score-kernels.js";
import { plainKernels } from "../../src/kernels/plain-kernels.js";
import { wasmKernels } from "../../src/kernels/wasm-kernels.js";

const SIZE = 8192;
const FROM = 1000;

/** Postings of ascending documents, more than the kernels copy at a time. */
const postings = fc
  .tuple(
    fc.uniqueArray(fc.nat({ max: SIZE - 1 }), { maxLength: 300 }),
    fc.integer({ min: 0, max: 5000 }),
    fc.float({ min: Math.fround(0.01), max: 1, noNaN: true }),
  )
  .map(([some, many, impact]) => {
    const documents = new Set([...some, ...Array.from({ length: many }, (_, i) => i)]);
    const slots = Uint32Array.from(documents).sort();
    return {
      slots: slots.map((slot) => slot + FROM),
      impacts: Float32Array.from(slots, (slot) => impact / (1 + (slot % 7))),
    };
  });

describe("createScoreKernels", () => {
  afterEach(() => void jest.restoreAllMocks());

  it("computes the same scores and lists in WASM as in JavaScript, to the last bit", () => {
    const wasm = wasmKernels(SIZE)!;
    const plain = plainKernels(SIZE);
    const weight = fc.double({ min: 1e-6, max: 20, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(postings, weight), { maxLength: 4 }),
        fc.double({ min: 1e-9, max: 20, noNaN: true }),
        (terms, floor) => {
          for (const kernels of [wasm, plain]) {
            kernels.sums.fill(0);
            for (const [{ slots, impacts }, factor] of terms) {
              kernels.add(slots, impacts, 1, slots.length, FROM, factor);
            }
          }
          expect(wasm.sums).toEqual(plain.sums);
          for (const [first, last] of [
            [0, SIZE],
            [64, 4160],
          ] as const) {
            const count = plain.list(first, last, Math.fround(floor));
            expect(wasm.list(first, last, floor)).toBe(count);
            expect(wasm.listed.slice(0, count)).toEqual(plain.listed.slice(0, count));
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  it("uses JavaScript if WASM is forbidden", () => {
    jest.spyOn(WebAssembly, "Module").mockImplementation(() => {
      throw new WebAssembly.CompileError("blocked by Content Security Policy");
    });
    expect(wasmKernels(SIZE)).toBeUndefined();
    const { add, sums } = createScoreKernels(8);
    add(Uint32Array.of(1), Float32Array.of(0.5), 0, 1, 0, 3);
    expect([...sums]).toEqual([0, 1.5, 0, 0, 0, 0, 0, 0]);
  });
});
