/** Length of a number up to which a double holds its digits exactly as an integer. */
const EXACT_LENGTH = 15;

/**
 * The score that `tokenizers` reads from a file. It reads the digits as an integer and divides by a power of ten. This rounds twice: every
 * sixth score with many digits is off by its last bit, which decides between pieces that are equally likely.
 */
export function fileScore(score: number): number {
  const text = String(score < 0 ? -score : score);
  if (text.length <= EXACT_LENGTH) return score;
  const end = text.indexOf("e");
  const mantissa = end < 0 ? text : text.slice(0, end);
  const point = mantissa.indexOf(".");
  if (point < 0) return score;
  const digits = Number(mantissa.slice(0, point) + mantissa.slice(point + 1));
  const exponent = (end < 0 ? 0 : Number(text.slice(end + 1))) - (mantissa.length - point - 1);
  const scale = powerOfTen(Math.abs(exponent));
  const read = exponent < 0 ? digits / scale : digits * scale;
  return score < 0 ? -read : read;
}

function powerOfTen(exponent: number): number {
  return POWERS[exponent] ?? Number(`1e${exponent}`);
}

const POWERS = Array.from({ length: 23 }, (_, exponent) => Number(`1e${exponent}`));
