import type { Metric } from "../contract/metric.js";
import { SET_BITS } from "../ids/set-bits.js";
import { extraBitLevels } from "./extra-bit-levels.js";
import { readBits, writeBits } from "./read-bits.js";
import type { CodeScorer, VectorCodec } from "./vector-codec.js";

/** Bytes of a code's factors: two of its sign bits, with more bits a third for the error bound, and two of the further bits. */
const SIGN_FACTORS = 8;
const SIGN_FACTORS_WITH_ERROR = 12;
const EXTRA_FACTORS = 8;

/** Constant of the error bound in the RaBitQ paper. */
const ERROR_CONSTANT = 1.9;

const EPSILON = 2 ** -23;

/**
 * RaBitQ (Gao and Long 2024, 2025): of each element of a vector less a centroid its sign, and up to 8 bits of its size, with factors
 * that make an unbiased estimate of distances from them. The vectors should have been rotated at random before.
 */
export class RaBitQCodec implements VectorCodec {
  readonly codeSize: number;
  private readonly signBytes: number;
  private readonly extraBits: number;
  private readonly extraStart: number;

  /**
   * @param bits of an element, 1 to 9
   * @param queryBits of an element of a query when it is compared with signs, 1 to 8; 0 for float32
   * @param centre what codes are relative to; of an IVF index the centroid of a list
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

  /** As faiss decodes: from the signs alone. */
  decode(codes: Uint8Array, row: number, target: Float32Array): void {
    const { dimensions, centre } = this;
    const start = row * this.codeSize;
    const step = factorReader()(codes, start + this.signBytes + 4) / Math.sqrt(dimensions);
    for (let i = 0; i < dimensions; i++) {
      target[i] = centre[i]! + (readBits(codes, start, i, 1) === 1 ? step : -step);
    }
  }

  /** Factors are summed in float32, as faiss does. */
  encode(vector: Float32Array, target: Uint8Array): void {
    const { dimensions, centre, signBytes, metric } = this;
    const residual = vector.map((value, i) => value - centre[i]!);
    let [squares, vectorSquares, sizes] = [0, 0, 0];
    residual.forEach((value, i) => {
      squares = Math.fround(squares + Math.fround(value * value));
      vectorSquares = Math.fround(vectorSquares + Math.fround(vector[i]! * vector[i]!));
      sizes = Math.fround(sizes + Math.abs(value));
      if (value > 0) writeBits(target, i, 1, 1);
    });
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

  scorer(_metric: Metric, query: Float32Array): CodeScorer {
    const rotated = query.map((value, i) => value - this.centre[i]!);
    return this.scorerBy(query, this.signDot(rotated), () => rotated);
  }

  /**
   * Tables of a vector, with which many codes are compared, around any centre; only for queries in float32 (`queryBits` 0).
   * Of a code's signs, the sum of the vector's elements whose sign is set.
   */
  signSums(vector: Float32Array): (codes: Uint8Array, row: number) => number {
    const { signBytes, codeSize } = this;
    const sums = sumsOfBytes(vector, this.dimensions);
    return (codes, row) => {
      // Four sums, since each addition waits for the one before.
      let [a, b, c, d] = [0, 0, 0, 0];
      const start = row * codeSize;
      let at = start;
      let table = 0;
      for (const end = start + (signBytes & ~3); at < end; at += 4, table += 1024) {
        a += sums[table + codes[at]!]!;
        b += sums[table + 256 + codes[at + 1]!]!;
        c += sums[table + 512 + codes[at + 2]!]!;
        d += sums[table + 768 + codes[at + 3]!]!;
      }
      for (; at < start + signBytes; at++, table += 256) a += sums[table + codes[at]!]!;
      return a + c + (b + d);
    };
  }

  /**
   * As `scorer`, for a query that is compared with codes around many centres: a dot product with the query less the centre is the difference of two.
   * @param sumOf `signSums` of the query
   * @param centreSums what `signSums` of the centre gives for each row
   */
  scorerBySums(
    query: Float32Array,
    sumOf: (codes: Uint8Array, row: number) => number,
    centreSums: Float32Array,
  ): CodeScorer {
    const { dimensions, centre } = this;
    const scale = 1 / Math.sqrt(dimensions);
    const total = sumOfDifferences(query, centre);
    const dot = (codes: Uint8Array, row: number) =>
      scale * (2 * (sumOf(codes, row) - centreSums[row]!) - total);
    return this.scorerBy(query, dot, () => query.map((value, i) => value - centre[i]!));
  }

  /**
   * @param dot the inner product of the query less the centre and a code's signs, scaled to length 1
   * @param rotatedQuery the query less the centre
   */
  private scorerBy(
    query: Float32Array,
    dot: (codes: Uint8Array, row: number) => number,
    rotatedQuery: () => Float32Array,
  ): CodeScorer {
    const { centre, metric, codeSize, signBytes } = this;
    const isL2 = metric === "l2";
    const apart = sumOfSquaredDifferences(query, centre);
    const [squares, inCentre] = isL2 ? [0, 0] : [dotOf(query, query), dotOf(query, centre)];
    const factor = factorReader();
    /** The distance, or the inner product, by signs alone. */
    const bySigns = (codes: Uint8Array, row: number) => {
      const at = row * codeSize + signBytes;
      const distance = factor(codes, at) + apart - 2 * factor(codes, at + 4) * dot(codes, row);
      return isL2 ? Math.max(0, distance) : -0.5 * (distance - squares);
    };
    if (this.bits === 1) return (codes, row) => (isL2 ? -1 : 1) * bySigns(codes, row);
    const error = Math.sqrt(apart);
    let full: ((codes: Uint8Array, start: number) => number) | undefined;
    return (codes, row, threshold) => {
      const start = row * codeSize;
      const bound = factor(codes, start + signBytes + 8) * error;
      const estimate = bySigns(codes, row);
      // No better than the bound says, so as good as certainly no neighbour.
      const best = isL2 ? -Math.max(0, estimate - bound) : estimate + bound;
      if (!(best > threshold)) return Number.NaN;
      full ??= this.fullScorer(rotatedQuery(), isL2 ? apart : inCentre);
      return full(codes, start);
    };
  }

  /** The inner product of a (quantised) query and a code's signs, scaled to length 1. */
  private signDot(rotated: Float32Array): (codes: Uint8Array, row: number) => number {
    const { dimensions, queryBits, signBytes, codeSize } = this;
    const scale = 1 / Math.sqrt(dimensions);
    let [low, width] = [0, 1];
    let levels: ArrayLike<number> = rotated;
    if (queryBits > 0) {
      const most = 2 ** queryBits - 1;
      low = rotated.reduce((least, value) => Math.min(least, value), Infinity);
      width = Math.fround((rotated.reduce((best, value) => Math.max(best, value), -Infinity) - low) / most);
      const inverse = Math.fround(1 / width);
      levels = Uint8Array.from(rotated, (value) => {
        const level = Math.floor(Math.fround(Math.fround(value - low) * inverse) + 0.5);
        return Number.isNaN(level) ? 0 : Math.min(Math.max(level, 0), most);
      });
    }
    let total = 0;
    for (let i = 0; i < dimensions; i++) total += levels[i]!;
    const sums = sumsOfBytes(levels, dimensions);
    const all = scale * (width * total + dimensions * low);
    return (codes, row) => {
      const start = row * codeSize;
      let [sum, count] = [0, 0];
      for (let byte = 0; byte < signBytes; byte++) {
        const bits = codes[start + byte]!;
        sum += sums[(byte << 8) | bits]!;
        count += SET_BITS[bits]!;
      }
      return 2 * scale * (width * sum + low * count) - all;
    };
  }

  /** Scores by signs and sizes. @param base what all codes have in common */
  private fullScorer(rotated: Float32Array, base: number): (codes: Uint8Array, start: number) => number {
    const { dimensions, extraBits, extraStart, metric } = this;
    const middle = 2 ** extraBits - 0.5;
    const factorsAt = extraStart + Math.ceil((dimensions * extraBits) / 8);
    const factor = factorReader();
    return (codes, start) => {
      let dot = 0;
      for (let i = 0; i < dimensions; i++) {
        const sign = (codes[start + (i >> 3)]! >> (i & 7)) & 1;
        const size = readBits(codes, start + extraStart, i * extraBits, extraBits);
        dot += ((sign << extraBits) + size - middle) * rotated[i]!;
      }
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

function sumOfDifferences(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! - b[i]!;
  return sum;
}

function sumOfSquaredDifferences(a: Float32Array, b: Float32Array): number {
  let [even, odd] = [0, 0];
  for (let i = 0; i < a.length; i += 2) {
    const [first, second] = [a[i]! - b[i]!, i + 1 < a.length ? a[i + 1]! - b[i + 1]! : 0];
    even += first * first;
    odd += second * second;
  }
  return even + odd;
}

function dotOf(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** For each byte of a code and each value of it the sum of the elements whose bits are set: [bytes, 256]. */
function sumsOfBytes(elements: ArrayLike<number>, dimensions: number): Float64Array {
  const sums = new Float64Array(Math.ceil(dimensions / 8) * 256);
  for (let i = 0; i < dimensions; i++) {
    const start = (i >> 3) * 256;
    const bit = 1 << (i & 7);
    // Those without the bit are there, as far as lower bits go.
    for (let lower = 0; lower < bit; lower++) sums[start + bit + lower] = sums[start + lower]! + elements[i]!;
  }
  return sums;
}

/** The bound of the sign bits' error. */
function errorOf(squares: number, sizes: number, norm: number, dimensions: number): number {
  const dot = 0.5 * sizes;
  if (Math.abs(dot) <= EPSILON) return 0;
  const ratio = (squares * dimensions * 0.25) / (dot * dot);
  if (ratio <= 1) return 0;
  return norm * ERROR_CONSTANT * Math.sqrt((ratio - 1) / Math.max(1, dimensions - 1));
}

const four = new DataView(new ArrayBuffer(4));

/** Reads float32 factors, which may begin at any byte; fast for those of the same codes. */
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
