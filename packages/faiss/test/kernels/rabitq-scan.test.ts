import { describe, expect, it } from "@jest/globals";
import { randomVectors } from "@secondpass/test-kit";
import fc from "fast-check";
import { RaBitQCodec } from "../../src/kernels/rabitq-codec.js";
import { RaBitQScan } from "../../src/kernels/rabitq-scan.js";
import { TopK } from "../../src/kernels/top-k.js";

type Pairs = Array<[score: number, position: number]>;

/** The codes of vectors. */
function codesOf(codec: RaBitQCodec, vectors: Float32Array): Uint8Array {
  const { dimensions, codeSize } = codec;
  const codes = new Uint8Array((vectors.length / dimensions) * codeSize);
  for (let row = 0; row * codeSize < codes.length; row++) {
    const vector = vectors.slice(row * dimensions, (row + 1) * dimensions);
    codec.encode(vector, codes.subarray(row * codeSize, (row + 1) * codeSize));
  }
  return codes;
}

/** The neighbours by the codec's formula, code by code. */
function byFormula(
  codec: RaBitQCodec,
  query: Float32Array,
  k: number,
  codes: Uint8Array,
  isAllowed = (_row: number) => true,
): Pairs {
  const best = new TopK(k);
  const score = codec.scorer(codec.metric, query);
  for (let row = 0; row * codec.codeSize < codes.length; row++) {
    if (isAllowed(row)) best.push(score(codes, row, best.threshold), row);
  }
  return best.sorted();
}

function byKernel(
  codec: RaBitQCodec,
  query: Float32Array,
  k: number,
  codes: Uint8Array,
  allowed?: Uint8Array,
): Pairs {
  const count = codes.length / codec.codeSize;
  const kernel = new RaBitQScan(codec, query, k);
  const best = new TopK(k);
  kernel.setCentre(codec.centre);
  for (let first = 0; first < count; first += kernel.codesPerCall) {
    const last = Math.min(first + kernel.codesPerCall, count);
    kernel.scan(codes, first, last, first, allowed?.slice(first / 8));
  }
  kernel.addTo(best);
  kernel.release();
  return best.sorted();
}

const shapes = {
  dimensions: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 120, max: 140 })),
  count: fc.oneof(fc.constantFrom(0, 1, 15, 16, 17, 33), fc.integer({ min: 0, max: 100 })),
  bits: fc.integer({ min: 1, max: 9 }),
  metric: fc.constantFrom("l2", "inner_product"),
  queryBits: fc.integer({ min: 0, max: 8 }),
  k: fc.integer({ min: 1, max: 40 }),
  seed: fc.integer({ min: 1, max: 1 << 20 }),
} as const;

describe("finds the same as the codec's formula, to the last bit,", () => {
  it("of any codes", () => {
    fc.assert(
      fc.property(fc.record(shapes), ({ dimensions, count, bits, metric, queryBits, k, seed }) => {
        const centre = randomVectors(1, dimensions, seed);
        const codec = new RaBitQCodec(dimensions, bits, metric, queryBits, centre);
        const codes = codesOf(codec, randomVectors(count, dimensions, seed + 1));
        const query = randomVectors(1, dimensions, seed + 2);
        expect(byKernel(codec, query, k, codes)).toEqual(byFormula(codec, query, k, codes));
      }),
      { numRuns: 60 },
    );
  });

  it("of allowed codes", () => {
    fc.assert(
      fc.property(
        fc.record({ ...shapes, allowed: fc.uint8Array({ minLength: 13, maxLength: 13 }) }),
        ({ dimensions, count, bits, metric, queryBits, k, seed, allowed }) => {
          const codec = new RaBitQCodec(
            dimensions,
            bits,
            metric,
            queryBits,
            randomVectors(1, dimensions, seed),
          );
          const codes = codesOf(codec, randomVectors(count, dimensions, seed + 1));
          const query = randomVectors(1, dimensions, seed + 2);
          const isAllowed = (row: number) => ((allowed[row >> 3]! >> (row & 7)) & 1) === 1;
          expect(byKernel(codec, query, k, codes, allowed)).toEqual(
            byFormula(codec, query, k, codes, isAllowed),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it("of codes of any bytes", () => {
    fc.assert(
      fc.property(
        fc.record({ ...shapes, bytes: fc.uint8Array({ minLength: 1, maxLength: 4000 }) }),
        ({ dimensions, bits, metric, queryBits, k, seed, bytes }) => {
          const codec = new RaBitQCodec(
            dimensions,
            bits,
            metric,
            queryBits,
            randomVectors(1, dimensions, seed),
          );
          const whole = Math.floor(bytes.length / codec.codeSize) * codec.codeSize;
          const codes = bytes.slice(0, whole);
          const query = randomVectors(1, dimensions, seed + 2);
          expect(byKernel(codec, query, k, codes)).toEqual(byFormula(codec, query, k, codes));
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ["vectors equal to the centre", 1, 0, 0],
    ["huge vectors", 1e18, 1e18, 1e18],
    ["tiny vectors", 1e-25, 1e-25, 1e-25],
    ["vectors far from the origin", 1, 1000, 1000],
    ["a query far from all", 1, 0, 1e6],
  ])("of %s", (_name, spread, offset, away) => {
    const [dimensions, count] = [130, 40];
    const near = (seed: number, rows: number, shift: number) =>
      randomVectors(rows, dimensions, seed).map((value) => value * spread + shift);
    for (const queryBits of [0, 4, 8]) {
      const codec = new RaBitQCodec(dimensions, 1, "l2", queryBits, near(1, 1, offset));
      const codes = codesOf(codec, near(offset === 0 ? 1 : 2, count, offset));
      const query = near(3, 1, away);
      expect(byKernel(codec, query, 10, codes)).toEqual(byFormula(codec, query, 10, codes));
    }
  });

  it("of more codes than the kernels take at a time, and more elements than a 16-bit sum holds", () => {
    const dimensions = 4200;
    const codec = new RaBitQCodec(dimensions, 1, "l2", 8, randomVectors(1, dimensions, 1));
    const codes = codesOf(codec, randomVectors(220, dimensions, 2));
    const query = randomVectors(1, dimensions, 3);
    expect(byKernel(codec, query, 20, codes)).toEqual(byFormula(codec, query, 20, codes));
  });
});

it("scores the same by shared tables, within float32 precision", () => {
  const [dimensions, count] = [96, 60];
  const [centre, query] = [randomVectors(1, dimensions, 1), randomVectors(1, dimensions, 2)];
  for (const bits of [1, 4]) {
    const codec = new RaBitQCodec(dimensions, bits, "l2", 0, centre);
    const codes = codesOf(codec, randomVectors(count, dimensions, 3));
    const ofCentre = new RaBitQScan(codec, centre, 0, true);
    const sums = new Float32Array(count);
    ofCentre.sums(codes, 0, count, sums);
    ofCentre.release();
    const kernel = new RaBitQScan(codec, query, 10, true);
    kernel.setCentre(centre);
    kernel.scan(codes, 0, count, 0, undefined, sums);
    const best = new TopK(10);
    kernel.addTo(best);
    kernel.release();
    const [found, expected] = [best.sorted(), byFormula(codec, query, 10, codes)];
    expect(found.map(([, row]) => row)).toEqual(expected.map(([, row]) => row));
    for (const [i, [score]] of found.entries()) expect(score).toBeCloseTo(expected[i]![0], 4);
  }
});
