import type { Metric } from "../contract/metric.js";
import { setBit } from "../ids/set-bit.js";
import { SET_BITS } from "../ids/set-bits.js";
import { extraBitLevels } from "./extra-bit-levels.js";
import { readBits, writeBits } from "./read-bits.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** Bytes of a code's factors: two for the sign bits; with more bits, a third for the error bound, and two for the additional bits. */
const SIGN_FACTORS = 8;
const SIGN_FACTORS_WITH_ERROR = 12;
const EXTRA_FACTORS = 8;

/** Constant of the error bound in the RaBitQ paper. */
const ERROR_CONSTANT = 1.9;

const EPSILON = 2 ** -23;

/**
 * RaBitQ (Gao and Long 2024, 2025): codes a vector minus a centroid by the sign and up to 8 bits of the size of each element, with factors
 * for an unbiased estimate of distances. Vectors should be rotated at random before.
 */
export class RaBitQCodec implements VectorCodec {
  readonly codeSize: number;
  /** Number of bytes with signs, which are the first of a code. */
  readonly signBytes: number;
  private readonly extraBits: number;
  private readonly extraStart: number;

  /**
   * @param bits bits of an element, 1 to 9
   * @param queryBits bits of an element of a query when it is compared with signs, 1 to 8; 0 for float32
   * @param centre origin of the codes; in an IVF index the centroid of a list
   */
  constructor(
    readonly dimensions: number,
    readonly bits: number,
    readonly metric: Metric,
    readonly queryBits: number,
    readonly centre: Float32Array,
  ) {
    this.signBytes = Math.ceil(dimensions / 8);
    this.extraBits = bits - 1;
    this.extraStart = this.signBytes + (bits === 1 ? SIGN_FACTORS : SIGN_FACTORS_WITH_ERROR);
    const extra = bits === 1 ? 0 : Math.ceil((dimensions * this.extraBits) / 8) + EXTRA_FACTORS;
    this.codeSize = this.extraStart + extra;
  }

  /** The same codes relative to another centre. */
  around(centre: Float32Array): RaBitQCodec {
    return new RaBitQCodec(this.dimensions, this.bits, this.metric, this.queryBits, centre);
  }

  /** Decodes as faiss does, from the signs alone. */
  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const { dimensions, centre } = this;
    const start = row * this.codeSize;
    const step = factorReader()(codes, start + this.signBytes + 4) / Math.sqrt(dimensions);
    for (let i = 0; i < dimensions; i++) {
      target[i] = centre[i]! + (readBits(codes, start, i, 1) === 1 ? step : -step);
    }
  }

  /** Factors are summed in float32, as in faiss. */
  encode(vector: Float32Array, target: Uint8Array): void {
    const { dimensions, centre, signBytes, metric } = this;
    const residual = new Float32Array(dimensions);
    let [squares, vectorSquares, sizes] = [0, 0, 0];
    // A loop: an index of millions of vectors is built by it.
    for (let i = 0; i < dimensions; i++) {
      const whole = vector[i]!;
      residual[i] = whole - centre[i]!;
      const value = residual[i]!;
      squares = Math.fround(squares + Math.fround(value * value));
      vectorSquares = Math.fround(vectorSquares + Math.fround(whole * whole));
      sizes = Math.fround(sizes + Math.abs(value));
      if (value > 0) setBit(target, i);
    }
    const norm = Math.fround(Math.sqrt(squares));
    const inverse = squares < EPSILON ? 1 : Math.fround(1 / norm);
    const share = Math.fround(
      Math.fround(sizes * inverse) * Math.fround(1 / Math.fround(Math.sqrt(dimensions))),
    );
    const stretch = Math.abs(share) < EPSILON ? 1 : Math.fround(1 / share);
    const put = writerOf(target, signBytes);
    put(0, metric === "inner_product" ? squares - vectorSquares : squares);
    put(1, stretch * norm);
    if (this.bits === 1) return;
    put(2, errorOf(squares, sizes, norm, dimensions) * (metric === "l2" ? 2 : 1));
    this.encodeSizes(residual, target);
  }

  /**
   * Scores codes by the same operations and roundings as assembly/rabitq-scan.ts: sums in float64, in the order of `sumOfSigns`. Used by
   * engines without WASM, and as reference in tests of the kernels.
   */
  scorer(_metric: Metric, query: Float32Array): CodeScorer {
    const { dimensions, centre, metric, codeSize, signBytes, bits } = this;
    const rotated = query.map((value, i) => value - centre[i]!);
    const { values, width, low, total } = this.quantized(
      rotated,
      sumInPairs(dimensions, (i) => query[i]! - centre[i]!),
    );
    const tables = subsetSums(values);
    const scale = 1 / Math.sqrt(dimensions);
    const isL2 = metric === "l2";
    const apart = sumInPairs(dimensions, (i) => square(query[i]! - centre[i]!));
    const squares = isL2 ? 0 : sumInPairs(dimensions, (i) => square(query[i]!));
    const error = Math.sqrt(apart);
    const factor = factorReader();
    let full: ((codes: Uint8Array, start: number) => number) | undefined;
    return (codes, row, threshold) => {
      const start = row * codeSize;
      const at = start + signBytes;
      const inBits = low === 0 ? 0 : low * setBits(codes, start, signBytes);
      const sum = width * sumOfSigns(tables, codes, start, signBytes) + inBits;
      const distance = factor(codes, at) + apart - 2 * factor(codes, at + 4) * (scale * (2 * sum - total));
      const bound = bits === 1 ? 0 : factor(codes, at + 8) * error;
      const score = isL2 ? -Math.max(0, Math.max(0, distance) - bound) : -0.5 * (distance - squares) + bound;
      if (bits === 1) return score;
      // The score is at most the bound, so this is almost certainly not a neighbour.
      if (!(score > threshold)) return Number.NaN;
      full ??= this.fullScorer(rotated, isL2 ? apart : sumInPairs(dimensions, (i) => query[i]! * centre[i]!));
      return full(codes, start);
    };
  }

  /** The query minus the centre as values for tables: an element is width · value + low. */
  private quantized(
    rotated: Float32Array,
    sum: number,
  ): { values: Float32Array; width: number; low: number; total: number } {
    const { dimensions, queryBits } = this;
    if (queryBits === 0) return { values: rotated, width: 1, low: 0, total: sum };
    const most = 2 ** queryBits - 1;
    const low = rotated.reduce((least, value) => Math.min(least, value), Infinity);
    const high = rotated.reduce((best, value) => Math.max(best, value), -Infinity);
    const width = Math.fround((high - low) / most);
    const inverse = Math.fround(1 / width);
    const values = rotated.map((value) => {
      const level = Math.floor(Math.fround(Math.fround(value - low) * inverse) + 0.5);
      // The level is NaN if all elements are equal.
      return Number.isNaN(level) ? 0 : Math.min(Math.max(level, 0), most);
    });
    const levels = values.reduce((total, value) => total + value, 0);
    return { values, width, low, total: width * levels + dimensions * low };
  }

  /** Scores by signs and sizes. @param base the part of the score that all codes share */
  private fullScorer(rotated: Float32Array, base: number): (codes: Uint8Array, start: number) => number {
    const { dimensions, extraBits, extraStart, metric } = this;
    const middle = 2 ** extraBits - 0.5;
    const factorsAt = extraStart + Math.ceil((dimensions * extraBits) / 8);
    const factor = factorReader();
    return (codes, start) => {
      const dot = sumInPairs(dimensions, (i) => {
        const sign = readBits(codes, start, i, 1);
        const size = readBits(codes, start + extraStart, i * extraBits, extraBits);
        return ((sign << extraBits) + size - middle) * rotated[i]!;
      });
      const at = start + factorsAt;
      const distance = base + factor(codes, at) + factor(codes, at + 4) * dot;
      return metric === "l2" ? -Math.max(0, distance) : distance;
    };
  }

  private encodeSizes(residual: Float32Array, target: Uint8Array): void {
    const { dimensions, extraBits, extraStart, metric, centre } = this;
    let [squares, inCentre] = [0, 0];
    residual.forEach((value, i) => {
      squares += value * value;
      inCentre += value * centre[i]!;
    });
    const norm = Math.fround(Math.sqrt(squares));
    const put = writerOf(target, extraStart + Math.ceil((dimensions * extraBits) / 8));
    if (norm < 1e-10) return;
    const { levels, dot } = extraBitLevels(
      residual.map((value) => Math.abs(value / norm)),
      extraBits,
    );
    const most = 2 ** extraBits - 1;
    for (let i = 0; i < dimensions; i++) {
      const level = residual[i]! < 0 ? most - levels[i]! : levels[i]!;
      writeBits(target.subarray(extraStart), i * extraBits, extraBits, level);
    }
    const inverse = dot === 0 ? 1 : Math.fround(1 / dot);
    put(0, metric === "l2" ? norm * norm : inCentre);
    put(1, metric === "l2" ? -2 * inverse * norm : inverse * norm);
  }
}

function square(x: number): number {
  return x * x;
}

/** Sums even and odd elements separately, as the kernels do. */
function sumInPairs(count: number, term: (i: number) => number): number {
  let [even, odd] = [0, 0];
  for (let i = 0; i < count; i += 2) {
    even += term(i);
    if (i + 1 < count) odd += term(i + 1);
  }
  return even + odd;
}

/** For each half of a sign byte, the sums of all subsets of its four values: [halves, 16]. */
function subsetSums(values: Float32Array): Float64Array {
  const sums = new Float64Array(Math.ceil(values.length / 8) * 32);
  for (let start = 0; start < sums.length; start += 16) {
    for (let bit = 0; bit < 4; bit++) {
      const value = values[start / 4 + bit] ?? 0;
      for (let lower = 0; lower < 1 << bit; lower++) {
        sums[start + (1 << bit) + lower] = sums[start + lower]! + value;
      }
    }
  }
  return sums;
}

/** The sum of the values whose signs are set, by four sums, since each addition waits for the previous one. */
function sumOfSigns(tables: Float64Array, codes: Uint8Array, start: number, signBytes: number): number {
  let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
  for (let byte = 0; byte < signBytes; byte += 2) {
    const [first, table] = [codes[start + byte]!, byte * 32];
    sum0 += tables[table + (first & 15)]!;
    sum1 += tables[table + 16 + (first >> 4)]!;
    if (byte + 1 === signBytes) break;
    const second = codes[start + byte + 1]!;
    sum2 += tables[table + 32 + (second & 15)]!;
    sum3 += tables[table + 48 + (second >> 4)]!;
  }
  return sum0 + sum2 + (sum1 + sum3);
}

function setBits(codes: Uint8Array, start: number, signBytes: number): number {
  let count = 0;
  for (let byte = start; byte < start + signBytes; byte++) count += SET_BITS[codes[byte]!]!;
  return count;
}

/** The error bound of the sign bits. */
function errorOf(squares: number, sizes: number, norm: number, dimensions: number): number {
  const dot = 0.5 * sizes;
  if (Math.abs(dot) <= EPSILON) return 0;
  const ratio = (squares * dimensions * 0.25) / (dot * dot);
  if (ratio <= 1) return 0;
  return norm * ERROR_CONSTANT * Math.sqrt((ratio - 1) / Math.max(1, dimensions - 1));
}

const four = new DataView(new ArrayBuffer(4));

/** Reads float32 factors, which may begin at any byte; fast for repeated reads of the same codes. */
function factorReader(): (codes: Uint8Array, at: number) => number {
  let of: Uint8Array | undefined;
  let view: DataView | undefined;
  return (codes, at) => {
    if (codes !== of) view = new DataView(codes.buffer, codes.byteOffset, codes.byteLength);
    of = codes;
    return view!.getFloat32(at, true);
  };
}

function writerOf(code: Uint8Array, start: number): (i: number, value: number) => void {
  return (i, value) => {
    four.setFloat32(0, value, true);
    for (let byte = 0; byte < 4; byte++) code[start + 4 * i + byte] = four.getUint8(byte);
  };
}
