import { countAtMost } from "./count-at-most.js";
import type { ElementCodec } from "./element-codec.js";
import { readBits, writeBits } from "./read-bits.js";
import { SCALAR_TYPES, type ScalarType } from "./scalar-types.js";
import { turboElements } from "./turbo-elements.js";

/** @param trained see `scalar-types.ts` */
export function scalarElements(dimensions: number, type: ScalarType, trained: Float32Array): ElementCodec {
  const facts = SCALAR_TYPES[type];
  if (facts.trained === "turbo") return turboElements(dimensions, facts.bits, trained);
  if (facts.trained === "levels") return levels(facts.bits, trained);
  if (facts.trained !== "nothing") return ranges(dimensions, facts.bits, facts.trained === "range", trained);
  switch (type) {
    case "fp16":
      return halves(fromHalf, toHalf);
    case "bf16":
      return halves(fromBrain, toBrain);
    case "0bit":
      return { decode: (_codes, _start, target) => target.fill(0), encode: () => {} };
    default: {
      const offset = type === "8bit_direct_signed" ? 128 : 0;
      return {
        decode(codes, start, target) {
          for (let i = 0; i < target.length; i++) target[i] = codes[start + i]! - offset;
        },
        encode(vector, code) {
          for (let i = 0; i < vector.length; i++) code[i] = Math.trunc(Math.fround(vector[i]! + offset));
        },
      };
    }
  }
}

/** Codes that decode to the middle of their part of the range: minimum + (code + 0.5) / (2^bits - 1) * width. */
function ranges(dimensions: number, bits: number, isUniform: boolean, trained: Float32Array): ElementCodec {
  const steps = 2 ** bits - 1;
  const ofAll = (at: number) => new Float32Array(dimensions).fill(trained[at]!);
  const minimums = isUniform ? ofAll(0) : trained.subarray(0, dimensions);
  const widths = isUniform ? ofAll(1) : trained.subarray(dimensions);
  const shares = Float32Array.from({ length: steps + 1 }, (_, code) => (code + 0.5) / steps);
  return {
    decode(codes, start, target) {
      if (bits === 8) {
        for (let i = 0; i < target.length; i++)
          target[i] = minimums[i]! + shares[codes[start + i]!]! * widths[i]!;
        return;
      }
      for (let i = 0; i < target.length; i++)
        target[i] = minimums[i]! + shares[readBits(codes, start, i * bits, bits)]! * widths[i]!;
    },
    // Each step is rounded to float32, as in faiss.
    encode(vector, code) {
      for (let i = 0; i < vector.length; i++) {
        const place = widths[i] === 0 ? 0 : Math.fround(Math.fround(vector[i]! - minimums[i]!) / widths[i]!);
        const scaled = Math.min(Math.max(place, 0), 1) * steps;
        writeBits(code, i * bits, bits, Math.trunc(bits === 8 ? Math.fround(scaled) : scaled));
      }
    },
  };
}

/** Codes that are numbers of levels. @param trained 2^bits levels, then the boundaries between them */
function levels(bits: number, trained: Float32Array): ElementCodec {
  const count = 2 ** bits;
  const boundaries = trained.subarray(count);
  return {
    decode(codes, start, target) {
      for (let i = 0; i < target.length; i++) target[i] = trained[readBits(codes, start, i * bits, bits)]!;
    },
    encode(vector, code) {
      for (let i = 0; i < vector.length; i++)
        writeBits(code, i * bits, bits, countAtMost(boundaries, vector[i]!));
    },
  };
}

/** Numbers of 16 bits. The first read computes a table of all 65,536: lookups take a tenth of the time. */
function halves(from: (bits: number) => number, to: (value: number) => number): ElementCodec {
  let table: Float32Array | undefined;
  return {
    decode(codes, start, target) {
      table ??= Float32Array.from({ length: 1 << 16 }, (_, half) => from(half));
      for (let i = 0; i < target.length; i++)
        target[i] = table[codes[start + 2 * i]! | (codes[start + 2 * i + 1]! << 8)]!;
    },
    encode(vector, code) {
      for (let i = 0; i < vector.length; i++) writeBits(code, i * 16, 16, to(vector[i]!));
    },
  };
}

/** Decodes an IEEE half-precision number. */
export function fromHalf(half: number): number {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Encodes to the nearest half-precision number, ties to even. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  // In units of the last place; a carry automatically increases the exponent.
  const units = roundToEven(size / 2 ** (exponent - 10));
  const bits = units < 1024 ? units : ((exponent + 15) << 10) + (units - 1024);
  return sign | Math.min(bits, 0x7c00);
}

function roundToEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

/** Decodes bfloat16, the upper half of a float32. */
function fromBrain(half: number): number {
  bits[0] = half << 16;
  return float[0]!;
}

function toBrain(value: number): number {
  float[0] = value;
  return ((bits[0]! + 0x8000) >>> 16) & 0xffff;
}
