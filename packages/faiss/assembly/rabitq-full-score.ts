import { METRIC_L2 } from "./layout";
import {
  RABITQ_BASE,
  RABITQ_DIMENSIONS,
  RABITQ_EXTRA_BITS,
  RABITQ_METRIC,
  RABITQ_ROTATED,
  RABITQ_SIGN_BYTES,
} from "./rabitq-layout";

/** Bytes of the factors, which are between signs and sizes. */
const SIGN_FACTORS: usize = 12;

/** Scores a code by signs and sizes. */
export function rabitqFullScore(job: usize, code: usize): f64 {
  const dimensions = load<i32>(job, RABITQ_DIMENSIONS);
  const extraBits = load<i32>(job, RABITQ_EXTRA_BITS);
  const rotated: usize = load<u32>(job, RABITQ_ROTATED);
  const sizes = code + load<u32>(job, RABITQ_SIGN_BYTES) + SIGN_FACTORS;
  const middle = <f64>(1 << extraBits) - 0.5;
  const mask: u64 = (1 << extraBits) - 1;
  let even: f64 = 0;
  let odd: f64 = 0;
  let at = sizes;
  // Eight sizes have a whole number of bytes.
  for (let first = 0; first < dimensions; first += 8, at += extraBits) {
    let signs = <u32>load<u8>(code + <usize>(first >> 3));
    // This reads up to 7 bytes beyond them: of the factors, or of the next code.
    let eight = load<u64>(at);
    const end = min(first + 8, dimensions);
    for (let i = first; i < end; i++, signs >>= 1, eight >>= extraBits) {
      const level = <f64>(((signs & 1) << extraBits) + <u32>(eight & mask)) - middle;
      const term = level * <f64>load<f32>(rotated + (<usize>i << 2));
      if ((i & 1) == 0) even += term;
      else odd += term;
    }
  }
  const factors = sizes + <usize>((dimensions * extraBits + 7) >> 3);
  const distance =
    load<f64>(job, RABITQ_BASE) + <f64>load<f32>(factors) + <f64>load<f32>(factors, 4) * (even + odd);
  return load<i32>(job, RABITQ_METRIC) == METRIC_L2 ? -max<f64>(0, distance) : distance;
}
