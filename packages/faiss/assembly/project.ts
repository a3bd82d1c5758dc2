import {
  PROJECTED_CODES,
  PROJECTED_ERROR,
  PROJECTED_REST,
  PROJECTION_BASIS,
  PROJECTION_CENTRE,
  PROJECTION_CENTRED,
  PROJECTION_COMPONENTS,
  PROJECTION_DIRECTIONS,
  PROJECTION_MAX_CENTRED,
  PROJECTION_SLACK,
  PROJECTION_STEPS,
  SEGMENT_PROJECTED,
  SEGMENT_PROJECTIONS,
  SEGMENT_ROWS,
} from "./layout";
import { publish } from "./published";
import { roundUp } from "./quantize";
import { sumF32, sumsF32 } from "./simd";

/** Directions that share a block of 16 bytes, two in each byte. */
const BLOCK_DIRECTIONS: i32 = 32;

/** Bytes of a row's projection. */
// @ts-ignore: decorator
@inline
export function projectedBytes(directions: i32): usize {
  return PROJECTED_CODES + (<usize>directions >> 1);
}

/** Subtracts the centre from four rows. @returns their squared lengths */
function centreRows(rows: usize, centre: usize, stride: usize, centred: usize): v128 {
  let squares0 = f32x4.splat(0);
  let squares1 = squares0;
  let squares2 = squares0;
  let squares3 = squares0;
  for (let i: usize = 0; i < stride; i += 16) {
    const c = v128.load(centre + i);
    const x0 = f32x4.sub(v128.load(rows + i), c);
    const x1 = f32x4.sub(v128.load(rows + i + stride), c);
    const x2 = f32x4.sub(v128.load(rows + i + 2 * stride), c);
    const x3 = f32x4.sub(v128.load(rows + i + 3 * stride), c);
    v128.store(centred + i, x0);
    v128.store(centred + i + stride, x1);
    v128.store(centred + i + 2 * stride, x2);
    v128.store(centred + i + 3 * stride, x3);
    squares0 = f32x4.add(squares0, f32x4.mul(x0, x0));
    squares1 = f32x4.add(squares1, f32x4.mul(x1, x1));
    squares2 = f32x4.add(squares2, f32x4.mul(x2, x2));
    squares3 = f32x4.add(squares3, f32x4.mul(x3, x3));
  }
  return sumsF32(squares0, squares1, squares2, squares3);
}

/**
 * Components of four centred rows along directions: an f32x4 for each direction.
 * @param directions a multiple of 2
 */
function projectRows(centred: usize, stride: usize, basis: usize, directions: i32, components: usize): void {
  for (let d = 0; d < directions; d += 2, basis += 2 * stride, components += 32) {
    let a0 = f32x4.splat(0);
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    let b0 = a0;
    let b1 = a0;
    let b2 = a0;
    let b3 = a0;
    for (let i: usize = 0; i < stride; i += 16) {
      const a = v128.load(basis + i);
      const b = v128.load(basis + i + stride);
      const x0 = v128.load(centred + i);
      a0 = f32x4.add(a0, f32x4.mul(x0, a));
      b0 = f32x4.add(b0, f32x4.mul(x0, b));
      const x1 = v128.load(centred + i + stride);
      a1 = f32x4.add(a1, f32x4.mul(x1, a));
      b1 = f32x4.add(b1, f32x4.mul(x1, b));
      const x2 = v128.load(centred + i + 2 * stride);
      a2 = f32x4.add(a2, f32x4.mul(x2, a));
      b2 = f32x4.add(b2, f32x4.mul(x2, b));
      const x3 = v128.load(centred + i + 3 * stride);
      a3 = f32x4.add(a3, f32x4.mul(x3, a));
      b3 = f32x4.add(b3, f32x4.mul(x3, b));
    }
    v128.store(components, sumsF32(a0, a1, a2, a3));
    v128.store(components + 16, sumsF32(b0, b1, b2, b3));
  }
}

/**
 * Projects a query along the directions in float32, to `components`.
 * @param centred the query, with or without the centre subtracted, `stride` bytes
 */
export function projectQuery(centred: usize, stride: usize, basis: usize, directions: i32, components: usize): void {
  for (let d = 0; d < directions; d++, basis += stride, components += 4) {
    let sum = f32x4.splat(0);
    for (let i: usize = 0; i < stride; i += 16) {
      sum = f32x4.add(sum, f32x4.mul(v128.load(centred + i), v128.load(basis + i)));
    }
    store<f32>(components, sumF32(sum));
  }
}

/**
 * Codes the projections of a segment's rows first…last-1, both multiples of four. With c the centre, x' = x - c and P the
 * directions, a row's code n decodes to the components (n - 7.5)·step. Stored with it are |x'|², the length of the part of x' outside P,
 * and the length of the code's error P·x' - code; both are rounded up.
 */
export function projectSegment(segment: usize, projection: usize, stride: usize, first: i32, last: i32): void {
  const directions = load<i32>(projection, PROJECTION_DIRECTIONS);
  const centre: usize = load<u32>(projection, PROJECTION_CENTRE);
  const basis: usize = load<u32>(projection, PROJECTION_BASIS);
  const steps: usize = load<u32>(projection, PROJECTION_STEPS);
  const centred: usize = load<u32>(projection, PROJECTION_CENTRED);
  const components: usize = load<u32>(projection, PROJECTION_COMPONENTS);
  const slack = f32x4.splat(load<f32>(projection, PROJECTION_SLACK));
  const bytes = projectedBytes(directions);
  let row = <usize>load<u32>(segment, SEGMENT_ROWS) + <usize>first * stride;
  let projected = <usize>load<u32>(segment, SEGMENT_PROJECTIONS) + <usize>first * bytes;
  let largest = f32x4.splat(0);
  for (let r = first; r < last; r += 4, row += 4 * stride, projected += 4 * bytes) {
    const squares = centreRows(row, centre, stride, centred);
    projectRows(centred, stride, basis, directions, components);
    let within = f32x4.splat(0);
    let lost = within;
    memory.fill(projected, 0, bytes << 2);
    for (let d = 0; d < directions; d++) {
      const component = v128.load(components + (<usize>d << 4));
      const step = f32x4.splat(load<f32>(steps + (<usize>d << 2)));
      const level = f32x4.floor(f32x4.add(f32x4.div(component, step), f32x4.splat(8)));
      const code = f32x4.min(f32x4.max(level, f32x4.splat(0)), f32x4.splat(15));
      const error = f32x4.sub(component, f32x4.mul(f32x4.sub(code, f32x4.splat(7.5)), step));
      within = f32x4.add(within, f32x4.mul(component, component));
      lost = f32x4.add(lost, f32x4.mul(error, error));
      putCodes(projected + PROJECTED_CODES, bytes, d, i32x4.trunc_sat_f32x4_u(code));
    }
    const lengths = f32x4.mul(f32x4.sqrt(squares), slack);
    const rests = f32x4.max(f32x4.sub(squares, within), f32x4.splat(0));
    const outside = f32x4.sqrt(f32x4.add(rests, f32x4.mul(f32x4.add(squares, squares), slack)));
    const errors = f32x4.add(f32x4.mul(f32x4.sqrt(lost), f32x4.splat(1.0001)), lengths);
    putNumbers(projected, bytes, squares);
    putNumbers(projected + PROJECTED_REST, bytes, outside);
    putNumbers(projected + PROJECTED_ERROR, bytes, errors);
    largest = f32x4.max(largest, squares);
  }
  largest = f32x4.max(largest, v128.shuffle<f32>(largest, largest, 2, 3, 0, 1));
  const most = max(f32x4.extract_lane(largest, 0), f32x4.extract_lane(largest, 1));
  store<f32>(projection, max(load<f32>(projection, PROJECTION_MAX_CENTRED), roundUp(sqrt(<f64>most) * 1.0001)), PROJECTION_MAX_CENTRED);
  publish(segment + SEGMENT_PROJECTED, last);
}

/** Writes a number of each of four rows, `pitch` bytes apart. */
// @ts-ignore: decorator
@inline
function putNumbers(at: usize, pitch: usize, numbers: v128): void {
  v128.store32_lane(at, numbers, 0);
  v128.store32_lane(at + pitch, numbers, 1);
  v128.store32_lane(at + 2 * pitch, numbers, 2);
  v128.store32_lane(at + 3 * pitch, numbers, 3);
}

/** Writes the codes of four rows, `pitch` bytes apart, along one direction into their halves of a byte. */
// @ts-ignore: decorator
@inline
function putCodes(codes: usize, pitch: usize, direction: i32, code: v128): void {
  const inBlock = direction & (BLOCK_DIRECTIONS - 1);
  const shift = (inBlock >> 4) << 2;
  const at = codes + (<usize>(direction >> 5) << 4) + <usize>(inBlock & 15);
  const half = i32x4.shl(code, shift);
  store<u8>(at, load<u8>(at) | <u8>i32x4.extract_lane(half, 0));
  store<u8>(at + pitch, load<u8>(at + pitch) | <u8>i32x4.extract_lane(half, 1));
  store<u8>(at + 2 * pitch, load<u8>(at + 2 * pitch) | <u8>i32x4.extract_lane(half, 2));
  store<u8>(at + 3 * pitch, load<u8>(at + 3 * pitch) | <u8>i32x4.extract_lane(half, 3));
}

/**
 * Adds the contribution of four rows to covariance · basis, a step of the orthogonal iteration, and stores their components.
 * @param product f32, like the basis
 */
export function multiplyCovariance(projection: usize, rows: usize, stride: usize, product: usize): void {
  const directions = load<i32>(projection, PROJECTION_DIRECTIONS);
  const centred: usize = load<u32>(projection, PROJECTION_CENTRED);
  const components: usize = load<u32>(projection, PROJECTION_COMPONENTS);
  centreRows(rows, load<u32>(projection, PROJECTION_CENTRE), stride, centred);
  projectRows(centred, stride, load<u32>(projection, PROJECTION_BASIS), directions, components);
  if (product == 0) return;
  for (let d = 0; d < directions; d++, product += stride) {
    const at = components + (<usize>d << 4);
    const t0 = v128.load32_splat(at);
    const t1 = v128.load32_splat(at, 4);
    const t2 = v128.load32_splat(at, 8);
    const t3 = v128.load32_splat(at, 12);
    for (let i: usize = 0; i < stride; i += 16) {
      const a = f32x4.add(f32x4.mul(t0, v128.load(centred + i)), f32x4.mul(t1, v128.load(centred + i + stride)));
      const b = f32x4.add(
        f32x4.mul(t2, v128.load(centred + i + 2 * stride)),
        f32x4.mul(t3, v128.load(centred + i + 3 * stride)),
      );
      v128.store(product + i, f32x4.add(v128.load(product + i), f32x4.add(a, b)));
    }
  }
}
