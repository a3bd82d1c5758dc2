import { heapPosition, heapPush, heapRestart, heapSize, heapThreshold } from "./heap";
import {
  FLOAT32_REACH,
  JOB_ALLOWED,
  JOB_BOUNDED,
  JOB_BOUNDS,
  JOB_CANCELLED,
  JOB_HEAPS,
  JOB_HEAP_BYTES,
  JOB_METRIC,
  JOB_PROJECTED_QUERY,
  JOB_PROJECTION,
  JOB_QUERIES,
  JOB_QUERY_COUNT,
  JOB_SCRATCH,
  JOB_SEEDS,
  JOB_SEED_BYTES,
  JOB_SEGMENTS,
  JOB_SEGMENT_COUNT,
  JOB_SEGMENT_GROUPS,
  JOB_STRIDE,
  METRIC_L2,
  PROJECTED_CODES,
  PROJECTED_ERROR,
  PROJECTED_REST,
  PROJECTION_BASIS,
  PROJECTION_CENTRE,
  PROJECTION_DIRECTIONS,
  PROJECTION_MAX_CENTRED,
  PROJECTION_REACH,
  PROJECTION_SLACK,
  PROJECTION_STEPS,
  SEGMENT_BASE,
  SEGMENT_COUNT,
  SEGMENT_PROJECTED,
  SEGMENT_PROJECTIONS,
  SEGMENT_ROWS,
} from "./layout";
import { BLOCK_LISTED, countAllowed, isFew, listAllowed, listBytes, request } from "./list-allowed";
import { projectedBytes, projectQuery } from "./project";
import { published } from "./published";
import { allowedInGroup, isRowAllowed, skipForbidden } from "./scan-float32";
import { exactScore } from "./score-row";
import { sumsI32 } from "./simd";

/** Relative rounding error of the dozen float32 operations of a bound, with a margin. */
const ROUNDING: f64 = 32.0 / 16777216.0;

/**
 * A byte b has the codes l + 16·h of two directions. The kernels use b itself and b >> 4 = h, which need no masks:
 * l·u + h·v is b·u + h·(v - 16·u). The factor v - 16·u must fit into int16.
 */
const LARGEST_CODE: f64 = 1927; // 17 · 1927 < 2^15

/** Number of directions whose codes are in the lower halves of a block's bytes; the same number is in the upper halves. */
const HALF_BLOCK: i32 = 16;

/** A projected query: the factors that convert its dot products to bounds (f32x4 each), then its int16 code. */
const QUERY_SCALE: usize = 0;
const QUERY_WITHIN: usize = 16;
const QUERY_OUTSIDE: usize = 32;
const QUERY_CONSTANT: usize = 48;
const QUERY_SQUARES: usize = 64;
const QUERY_OFFSET: usize = 80; // i32x4
const QUERY_CODES: usize = 96;

// @ts-ignore: decorator
@inline
function queryBytes(directions: i32): usize {
  return QUERY_CODES + (<usize>directions << 1);
}

/**
 * Projects and codes a job's queries along the directions of its memory.
 *
 * Let x' = x - c, P the directions, n a row's code, ĉ = (n - 7.5)·step, and y the query's part: q for inner products, q - c for L2.
 * Then y·x' = (P·y)·ĉ + (P·y)·(P·x' - ĉ) + y⊥·x'⊥, where ⊥ is the part outside P. By Cauchy–Schwarz it is at most
 * (P·y)·ĉ + |P·y|·error + |y⊥|·rest. The first term uses an int16 form u of (P·y)·step ≈ α·u: it is α/2·(2·u·n - 15·Σu), with an error of at
 * most 7.5 times the rounding error of u.
 */
export function projectQueries(job: usize): void {
  const projection: usize = load<u32>(job, JOB_PROJECTION);
  const stride: usize = load<u32>(job, JOB_STRIDE);
  const queryCount = load<i32>(job, JOB_QUERY_COUNT);
  const bytes = queryBytes(load<i32>(projection, PROJECTION_DIRECTIONS));
  let query: usize = load<u32>(job, JOB_QUERIES);
  let projected: usize = load<u32>(job, JOB_PROJECTED_QUERY);
  const room = projected + <usize>queryCount * bytes;
  // Count first, since rows that are added later may be longer than all others.
  countProjected(job);
  for (let q = 0; q < queryCount; q++, query += stride, projected += bytes) {
    projectOne(load<i32>(job, JOB_METRIC) == METRIC_L2, query, projection, stride, projected, room);
  }
}

/** Stores the number of rows with a projection of each segment: only these get bounds. */
function countProjected(job: usize): void {
  const segments: usize = load<u32>(job, JOB_SEGMENTS);
  const segmentCount = load<i32>(job, JOB_SEGMENT_COUNT);
  const bounded: usize = load<u32>(job, JOB_BOUNDED);
  for (let s = 0; s < segmentCount; s++) {
    const segment: usize = load<u32>(segments + (<usize>s << 2));
    store<i32>(bounded + (<usize>s << 2), published(segment + SEGMENT_PROJECTED));
  }
}

function projectOne(isL2: bool, query: usize, projection: usize, stride: usize, projected: usize, room: usize): void {
  const directions = load<i32>(projection, PROJECTION_DIRECTIONS);
  const centre: usize = load<u32>(projection, PROJECTION_CENTRE);
  const steps: usize = load<u32>(projection, PROJECTION_STEPS);
  const slack = <f64>load<f32>(projection, PROJECTION_SLACK);
  const reachOfCodes = <f64>load<f32>(projection, PROJECTION_REACH);
  const maxCentred = <f64>load<f32>(projection, PROJECTION_MAX_CENTRED);
  const components = room + stride;

  let squares: f64 = 0;
  let dotCentre: f64 = 0;
  for (let i: usize = 0; i < stride; i += 4) {
    const c = load<f32>(centre + i);
    const part = isL2 ? load<f32>(query + i) - c : load<f32>(query + i);
    store<f32>(room + i, part);
    squares += <f64>part * <f64>part;
    dotCentre += <f64>part * <f64>c;
  }
  projectQuery(room, stride, load<u32>(projection, PROJECTION_BASIS), directions, components);

  let within: f64 = 0;
  let largest: f64 = 0;
  for (let d = 0; d < directions; d++) {
    const at = <usize>d << 2;
    const component = <f64>load<f32>(components + at);
    within += component * component;
    largest = max(largest, abs(component * <f64>load<f32>(steps + at)));
  }
  const alpha = largest > 1e-30 ? largest / LARGEST_CODE : 1;
  let lost: f64 = 0;
  let sum = 0;
  for (let d = 0; d < directions; d++) {
    const at = <usize>d << 2;
    const scaled = <f64>load<f32>(components + at) * <f64>load<f32>(steps + at);
    const u = nearest(scaled / alpha);
    lost += abs(scaled - u * alpha);
    sum += <i32>u;
    const code = projected + (<usize>d << 1);
    const low = (d & HALF_BLOCK) != 0 ? <i32>load<i16>(code - 2 * HALF_BLOCK, QUERY_CODES) : 0;
    store<i16>(code, <i16>(<i32>u - 16 * low), QUERY_CODES);
  }

  const norm = sqrt(squares);
  const factor: f64 = isL2 ? 2 : 1;
  // Score = common + factor·y·x' - |x'|² for L2.
  const common = isL2 ? -squares : dotCentre;
  const reach = (norm + maxCentred) * (norm + maxCentred) + norm * (2 * reachOfCodes) + abs(common);
  const rounding = reach * ROUNDING + 1e-36;
  const off = factor * (7.5 * lost + 4 * slack * norm * (maxCentred + reachOfCodes)) * (1.0 + 1e-6);
  const isUsable = reach < FLOAT32_REACH;
  v128.store(projected, f32x4.splat(<f32>(factor * alpha * 0.5)), QUERY_SCALE);
  v128.store(projected, f32x4.splat(<f32>(factor * (sqrt(within) + slack * norm) * (1.0 + 1e-6))), QUERY_WITHIN);
  const outside = sqrt(max(0, squares - within) + 2 * slack * squares);
  v128.store(projected, f32x4.splat(<f32>(factor * outside * (1.0 + 1e-6))), QUERY_OUTSIDE);
  // Sums near float32's maximum may overflow: the bound is then infinite, which every row reaches.
  v128.store(projected, f32x4.splat(isUsable ? <f32>(common + off + rounding) : Infinity), QUERY_CONSTANT);
  v128.store(projected, f32x4.splat(isL2 ? 1.0 : 0.0), QUERY_SQUARES);
  v128.store(projected, i32x4.splat(15 * sum), QUERY_OFFSET);
}

/** Dot products of any four rows' codes with the int16 query, as i32x4. */
// @ts-ignore: decorator
@inline
function dotRows(first: usize, second: usize, third: usize, fourth: usize, query: usize, directions: i32): v128 {
  let a = i32x4.splat(0);
  let b = a;
  let c = a;
  let d = a;
  const bytes = <usize>directions >> 1;
  for (let i: usize = 0; i < bytes; i += 16, query += 64) {
    a = addCodes(a, v128.load(first + i, PROJECTED_CODES), query);
    b = addCodes(b, v128.load(second + i, PROJECTED_CODES), query);
    c = addCodes(c, v128.load(third + i, PROJECTED_CODES), query);
    d = addCodes(d, v128.load(fourth + i, PROJECTED_CODES), query);
  }
  return sumsI32(a, b, c, d);
}

/** Adds the dot product of 32 codes, two to a byte. */
// @ts-ignore: decorator
@inline
function addCodes(sum: v128, pairs: v128, query: usize): v128 {
  const w = i16x8.extend_low_i8x16_u(pairs);
  const x = i16x8.extend_high_i8x16_u(pairs);
  return i32x4.add(sum, dotUnpacked(w, x, i16x8.shr_u(w, 4), i16x8.shr_u(x, 4), query));
}

/** Number of queries bounded together, so that a code is unpacked only once for all of them. */
const TOGETHER: i32 = 4;

/** Offset in the scratch memory of the bound that makes a group a seed: an f32x4 for each query, after all sums. */
const SEED_LIMITS: usize = 512;

/** Offset in the scratch memory of a group's numbers, and of two of them. */
const NUMBERS: usize = 576;
const NUMBERS_RESTS: usize = 16;
const NUMBERS_ERRORS: usize = 32;

/** Bytes of two rows' partial sums: two i32x4 for each query. */
const PAIR_SUMS: usize = 128;

/** Dot products of four rows' codes with TOGETHER queries, `pitch` bytes apart: an i32x4 for each query, to `target`. */
function dotCodesTogether(codes: usize, query: usize, pitch: usize, directions: i32, target: usize): void {
  const partial = target + (<usize>TOGETHER << 4);
  dotPair(codes, query, pitch, directions, partial);
  dotPair(codes + 2 * projectedBytes(directions), query, pitch, directions, partial + PAIR_SUMS);
  for (let q: usize = 0; q < <usize>TOGETHER; q++) {
    const at = partial + (q << 5);
    const sums = sumsI32(v128.load(at), v128.load(at, 16), v128.load(at, PAIR_SUMS), v128.load(at, PAIR_SUMS + 16));
    v128.store(target + (q << 4), sums);
  }
}

/** Partial sums of two rows. */
function dotPair(codes: usize, query: usize, pitch: usize, directions: i32, target: usize): void {
  let a0 = i32x4.splat(0);
  let a1 = a0;
  let b0 = a0;
  let b1 = a0;
  let c0 = a0;
  let c1 = a0;
  let d0 = a0;
  let d1 = a0;
  const second = query + pitch;
  const third = second + pitch;
  const fourth = third + pitch;
  const other = codes + projectedBytes(directions);
  const end = <usize>directions << 1;
  for (let i: usize = 0; i < end; i += 64) {
    let pairs = v128.load(codes + (i >> 2));
    let w = i16x8.extend_low_i8x16_u(pairs);
    let x = i16x8.extend_high_i8x16_u(pairs);
    let y = i16x8.shr_u(w, 4);
    let z = i16x8.shr_u(x, 4);
    a0 = i32x4.add(a0, dotUnpacked(w, x, y, z, query + i));
    b0 = i32x4.add(b0, dotUnpacked(w, x, y, z, second + i));
    c0 = i32x4.add(c0, dotUnpacked(w, x, y, z, third + i));
    d0 = i32x4.add(d0, dotUnpacked(w, x, y, z, fourth + i));
    pairs = v128.load(other + (i >> 2));
    w = i16x8.extend_low_i8x16_u(pairs);
    x = i16x8.extend_high_i8x16_u(pairs);
    y = i16x8.shr_u(w, 4);
    z = i16x8.shr_u(x, 4);
    a1 = i32x4.add(a1, dotUnpacked(w, x, y, z, query + i));
    b1 = i32x4.add(b1, dotUnpacked(w, x, y, z, second + i));
    c1 = i32x4.add(c1, dotUnpacked(w, x, y, z, third + i));
    d1 = i32x4.add(d1, dotUnpacked(w, x, y, z, fourth + i));
  }
  v128.store(target, a0);
  v128.store(target, a1, 16);
  v128.store(target, b0, 32);
  v128.store(target, b1, 48);
  v128.store(target, c0, 64);
  v128.store(target, c1, 80);
  v128.store(target, d0, 96);
  v128.store(target, d1, 112);
}

// @ts-ignore: decorator
@inline
function dotUnpacked(w: v128, x: v128, y: v128, z: v128, query: usize): v128 {
  const first = i32x4.add(i32x4.dot_i16x8_s(w, v128.load(query)), i32x4.dot_i16x8_s(x, v128.load(query, 16)));
  const second = i32x4.add(i32x4.dot_i16x8_s(y, v128.load(query, 32)), i32x4.dot_i16x8_s(z, v128.load(query, 48)));
  return i32x4.add(first, second);
}

/**
 * Computes, for each query of a job, an upper bound of the score of each row of segments first…last-1, and keeps the groups of four rows with the
 * highest bounds as seeds. Call `projectQueries` before.
 */
export function bound(job: usize, first: i32, last: i32): void {
  const projection: usize = load<u32>(job, JOB_PROJECTION);
  const directions = load<i32>(projection, PROJECTION_DIRECTIONS);
  const queryCount = load<i32>(job, JOB_QUERY_COUNT);
  const segments: usize = load<u32>(job, JOB_SEGMENTS);
  const segmentCount = load<i32>(job, JOB_SEGMENT_COUNT);
  const segmentGroups = load<i32>(job, JOB_SEGMENT_GROUPS);
  const bitmap: usize = load<u32>(job, JOB_ALLOWED);
  const queries: usize = load<u32>(job, JOB_PROJECTED_QUERY);
  const bounds: usize = load<u32>(job, JOB_BOUNDS);
  const bounded: usize = load<u32>(job, JOB_BOUNDED);
  const seeds: usize = load<u32>(job, JOB_SEEDS);
  const seedBytes: usize = load<u32>(job, JOB_SEED_BYTES);
  for (let s = first; s < last; s++) {
    if (load<i32>(job, JOB_CANCELLED) != 0) return;
    const segment: usize = load<u32>(segments + (<usize>s << 2));
    const count = load<i32>(bounded + (<usize>s << 2));
    const base = load<u32>(segment, SEGMENT_BASE);
    const allowed: usize = bitmap == 0 ? 0 : bitmap + <usize>(base >> 3);
    const projections: usize = load<u32>(segment, SEGMENT_PROJECTIONS);
    const pitch = queryBytes(directions);
    const targetPitch = <usize>(segmentCount * segmentGroups) << 4;
    const position = s * segmentGroups;
    const firstTarget = bounds + (<usize>position << 4);
    const listed = countAllowed(allowed, 0, count);
    if (isFew(listed, count)) {
      for (let q: usize = 0; q < <usize>queryCount; q++) {
        const target = firstTarget + q * targetPitch;
        listAllowed(allowed, 0, count, target, target);
        const scratch = <usize>load<u32>(job, JOB_SCRATCH);
        boundListed(
          queries + q * pitch,
          projections,
          listed,
          directions,
          target,
          scratch + SEED_LIMITS,
          seeds + q * seedBytes,
          position,
          scratch,
        );
      }
      continue;
    }
    for (let q = 0; q < queryCount; ) {
      const together = queryCount - q >= TOGETHER ? TOGETHER : 1;
      boundSegment(
        queries + <usize>q * pitch,
        pitch,
        together,
        projections,
        count,
        directions,
        allowed,
        firstTarget + <usize>q * targetPitch,
        targetPitch,
        seeds + <usize>q * seedBytes,
        seedBytes,
        position,
        load<u32>(job, JOB_SCRATCH),
      );
      q += together;
    }
  }
}

/** Bounds the groups of a segment that have an allowed row, for one query or for TOGETHER queries. */
function boundSegment(
  query: usize,
  queryPitch: usize,
  queryCount: i32,
  projections: usize,
  count: i32,
  directions: i32,
  allowed: usize,
  target: usize,
  targetPitch: usize,
  seeds: usize,
  seedPitch: usize,
  position: u32,
  scratch: usize,
): void {
  const bytes = projectedBytes(directions);
  const limits = scratch + SEED_LIMITS;
  for (let q: usize = 0; q < <usize>queryCount; q++) setLimit(limits + (q << 4), seeds + q * seedPitch);
  for (let row = 0; row < count; row += 4) {
    if (allowed != 0) {
      row = skipForbidden(allowed, row, count);
      if (row >= count) break;
    }
    const mask = allowedInGroup(allowed, row);
    const group = projections + <usize>row * bytes;
    const place = position + (row >> 2);
    let at = target + (<usize>row << 2);
    const numbers = numbersOf(group, group + bytes, group + 2 * bytes, group + 3 * bytes, scratch + NUMBERS);
    if (queryCount == 1) {
      const dots = dotRows(group, group + bytes, group + 2 * bytes, group + 3 * bytes, query + QUERY_CODES, directions);
      boundGroup(query, numbers, dots, mask, at, limits, seeds, place);
    } else {
      dotCodesTogether(group + PROJECTED_CODES, query + QUERY_CODES, queryPitch, directions, scratch);
      for (let q: usize = 0; q < <usize>TOGETHER; q++, at += targetPitch) {
        const dots = v128.load(scratch + (q << 4));
        boundGroup(query + q * queryPitch, numbers, dots, mask, at, limits + (q << 4), seeds + q * seedPitch, place);
      }
    }
  }
}

/** Bounds the rows of a list, which is at `target`; the bounds follow it. */
function boundListed(
  query: usize,
  projections: usize,
  listed: i32,
  directions: i32,
  target: usize,
  limit: usize,
  seeds: usize,
  position: u32,
  scratch: usize,
): void {
  setLimit(limit, seeds);
  const bytes = projectedBytes(directions);
  const bounds = target + listBytes(listed);
  let seed: u32 = u32.MAX_VALUE;
  for (let block = 0; block < listed; block += BLOCK_LISTED) {
    const end = min(block + BLOCK_LISTED, listed);
    store<i32>(scratch, request(target, block, end, projections, bytes, bytes));
    for (let i = block; i < end; i += 4) {
      const at = target + (<usize>i << 2);
      const first = projections + <usize>load<u32>(at) * bytes;
      const second = projections + <usize>load<u32>(at, 4) * bytes;
      const third = projections + <usize>load<u32>(at, 8) * bytes;
      const fourth = projections + <usize>load<u32>(at, 12) * bytes;
      const dots = dotRows(first, second, third, fourth, query + QUERY_CODES, directions);
      let upper = upperBounds(query, dots, numbersOf(first, second, third, fourth, scratch + NUMBERS));
      if (i + 4 > listed) upper = v128.bitselect(upper, f32x4.splat(-Infinity), lanesOf((1 << (listed - i)) - 1));
      const rowBounds = bounds + (<usize>i << 2);
      v128.store(rowBounds, upper);
      if (!v128.any_true(f32x4.ge(upper, v128.load(limit)))) continue;
      for (let j: usize = 0; j < 16; j += 4) {
        const group = position + (load<u32>(at + j) >> 2);
        // A group is scored as a whole, so it must be a seed only once.
        if (group == seed || load<f32>(rowBounds + j) < load<f32>(limit)) continue;
        seed = group;
        pushSeed(load<f32>(rowBounds + j), limit, seeds, group);
      }
    }
  }
}

/** Bounds a group of four consecutive rows. */
// @ts-ignore: decorator
@inline
function boundGroup(query: usize, numbers: usize, dots: v128, mask: i32, target: usize, limit: usize, seeds: usize, position: u32): void {
  let upper = upperBounds(query, dots, numbers);
  if (mask != 0b1111) upper = v128.bitselect(upper, f32x4.splat(-Infinity), lanesOf(mask));
  v128.store(target, upper);
  offerSeed(upper, limit, seeds, position);
}

/** Stores the squares, rests and errors of four rows, an f32x4 each. @returns where */
// @ts-ignore: decorator
@inline
function numbersOf(first: usize, second: usize, third: usize, fourth: usize, target: usize): usize {
  const a = v128.load(first);
  const b = v128.load(second);
  const c = v128.load(third);
  const d = v128.load(fourth);
  const ab = v128.shuffle<f32>(a, b, 0, 4, 1, 5);
  const cd = v128.shuffle<f32>(c, d, 0, 4, 1, 5);
  v128.store(target, v128.shuffle<f32>(ab, cd, 0, 1, 4, 5));
  v128.store(target, v128.shuffle<f32>(ab, cd, 2, 3, 6, 7), NUMBERS_RESTS);
  const errors = v128.shuffle<f32>(v128.shuffle<f32>(a, b, 2, 6, 2, 6), v128.shuffle<f32>(c, d, 2, 6, 2, 6), 0, 1, 4, 5);
  v128.store(target, errors, NUMBERS_ERRORS);
  return target;
}

/** Upper bounds of the scores of four rows, from their codes' dot products and their numbers. */
// @ts-ignore: decorator
@inline
function upperBounds(query: usize, sums: v128, numbers: usize): v128 {
  const dots = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shl(sums, 1), v128.load(query, QUERY_OFFSET)));
  const products = f32x4.mul(dots, v128.load(query, QUERY_SCALE));
  const scores = f32x4.sub(products, f32x4.mul(v128.load(numbers), v128.load(query, QUERY_SQUARES)));
  const within = f32x4.mul(v128.load(numbers, NUMBERS_ERRORS), v128.load(query, QUERY_WITHIN));
  const outside = f32x4.mul(v128.load(numbers, NUMBERS_RESTS), v128.load(query, QUERY_OUTSIDE));
  return f32x4.add(f32x4.add(scores, v128.load(query, QUERY_CONSTANT)), f32x4.add(within, outside));
}

/** Sets all bits of the lanes in a mask. */
// @ts-ignore: decorator
@inline
function lanesOf(mask: i32): v128 {
  const bits = i32x4(1, 2, 4, 8);
  return i32x4.eq(v128.and(i32x4.splat(mask), bits), bits);
}

/** Makes a group a seed if one of its rows' bounds reaches the limit. This is rare, so the check must be fast. */
// @ts-ignore: decorator
@inline
function offerSeed(upper: v128, limit: usize, seeds: usize, position: u32): void {
  if (!v128.any_true(f32x4.ge(upper, v128.load(limit)))) return;
  const pairs = f32x4.max(upper, v128.shuffle<f32>(upper, upper, 2, 3, 0, 1));
  pushSeed(max(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1)), limit, seeds, position);
}

function pushSeed(most: f32, limit: usize, seeds: usize, position: u32): void {
  heapPush(seeds, <f64>most, position);
  setLimit(limit, seeds);
}

/** Sets the bound that makes a group a seed. It may be rounded, since seeds only decide where the scan begins. */
function setLimit(limit: usize, seeds: usize): void {
  v128.store(limit, f32x4.splat(<f32>heapThreshold(seeds)));
}

/** Scores the seeds of queries first…last-1 exactly: the k best rows of all score at least as high as the k best seeds. */
export function seed(job: usize, first: i32, last: i32): void {
  const metric = load<i32>(job, JOB_METRIC);
  const stride: usize = load<u32>(job, JOB_STRIDE);
  const segments: usize = load<u32>(job, JOB_SEGMENTS);
  const segmentGroups: u32 = load<u32>(job, JOB_SEGMENT_GROUPS);
  const bitmap: usize = load<u32>(job, JOB_ALLOWED);
  for (let q = first; q < last; q++) {
    const query = <usize>load<u32>(job, JOB_QUERIES) + <usize>q * stride;
    const heap = <usize>load<u32>(job, JOB_HEAPS) + <usize>q * <usize>load<u32>(job, JOB_HEAP_BYTES);
    const seeds = <usize>load<u32>(job, JOB_SEEDS) + <usize>q * <usize>load<u32>(job, JOB_SEED_BYTES);
    const size = heapSize(seeds);
    for (let i = 0; i < size; i++) {
      const position = heapPosition(seeds, i);
      const segment: usize = load<u32>(segments + (<usize>(position / segmentGroups) << 2));
      const base = load<u32>(segment, SEGMENT_BASE);
      const allowed: usize = bitmap == 0 ? 0 : bitmap + <usize>(base >> 3);
      const rows: usize = load<u32>(segment, SEGMENT_ROWS);
      const start = <i32>(position % segmentGroups) << 2;
      // There may be fewer rows than before, if some were removed meanwhile.
      const end = min(start + 4, load<i32>(segment, SEGMENT_COUNT));
      for (let row = start; row < end; row++) {
        if (isRowAllowed(allowed, row)) {
          heapPush(heap, exactScore(metric, query, rows + <usize>row * stride, stride), base + <u32>row);
        }
      }
    }
    heapRestart(heap);
  }
}
