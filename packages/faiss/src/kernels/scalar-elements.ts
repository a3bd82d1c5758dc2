import { readBits, writeBits } from "./read-bits.js";
import { SCALAR_TYPES, type ScalarType } from "./scalar-types.js";

/** Reads and writes element `i` of a code. */
export interface ElementCodec {
  /** @param start the code's first byte */
  read(codes: Uint8Array, start: number, i: number): number;
  /** @param code of one vector, all 0 where nothing was written yet */
  write(code: Uint8Array, i: number, value: number): void;
}

/** @param trained as `scalar-types.ts` says */
export function scalarElements(dimensions: number, type: ScalarType, trained: Float32Array): ElementCodec {
  const facts = SCALAR_TYPES[type];
  if (facts.trained === "levels") return levels(facts.bits, trained);
  if (facts.trained !== "nothing") return ranges(dimensions, facts.bits, facts.trained === "range", trained);
  switch (type) {
    case "fp16":
      return halves(fromHalf, toHalf);
    case "bf16":
      return halves(fromBrain, toBrain);
    case "0bit":
      return { read: () => 0, write: () => {} };
    default: {
      const offset = type === "8bit_direct_signed" ? 128 : 0;
      return {
        read: (codes, start, i) => codes[start + i]! - offset,
        write: (code, i, value) => {
          code[i] = Math.trunc(Math.fround(value + offset));
        },
      };
    }
  }
}

/** A code stands for the middle of its part of the range: minimum + (code + 0.5) / (2^bits - 1) * width. */
function ranges(dimensions: number, bits: number, isUniform: boolean, trained: Float32Array): ElementCodec {
  const steps = 2 ** bits - 1;
  const minimum = (i: number) => trained[isUniform ? 0 : i]!;
  const width = (i: number) => trained[isUniform ? 1 : dimensions + i]!;
  return {
    read: (codes, start, i) =>
      minimum(i) + Math.fround((readBits(codes, start, i * bits, bits) + 0.5) / steps) * width(i),
    // Each step is rounded to float32, as faiss does.
    write(code, i, value) {
      const place = width(i) === 0 ? 0 : Math.fround(Math.fround(value - minimum(i)) / width(i));
      const scaled = Math.min(Math.max(place, 0), 1) * steps;
      writeBits(code, i * bits, bits, Math.trunc(bits === 8 ? Math.fround(scaled) : scaled));
    },
  };
}

/** 2^bits levels, then the boundaries between them. */
function levels(bits: number, trained: Float32Array): ElementCodec {
  const count = 2 ** bits;
  const boundaries = trained.subarray(count);
  return {
    read: (codes, start, i) => trained[readBits(codes, start, i * bits, bits)]!,
    write: (code, i, value) => writeBits(code, i * bits, bits, countAtMost(boundaries, value)),
  };
}

/** How many of ascending numbers are at most `value`. */
export function countAtMost(ascending: Float32Array, value: number): number {
  let [low, high] = [0, ascending.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function halves(from: (bits: number) => number, to: (value: number) => number): ElementCodec {
  return {
    read: (codes, start, i) => from(codes[start + 2 * i]! | (codes[start + 2 * i + 1]! << 8)),
    write: (code, i, value) => writeBits(code, i * 16, 16, to(value)),
  };
}

/** IEEE half precision. */
export function fromHalf(half: number): number {
  const sign = half >> 15 === 0 ? 1 : -1;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** To the nearest half, ties to even. */
export function toHalf(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  // In units of the last place; a carry goes over into the exponent by itself.
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

/** The upper half of a float32. */
function fromBrain(half: number): number {
  bits[0] = half << 16;
  return float[0]!;
}

function toBrain(value: number): number {
  float[0] = value;
  return ((bits[0]! + 0x8000) >>> 16) & 0xffff;
}
