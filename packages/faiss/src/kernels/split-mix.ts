/** Numbers of faiss's SplitMix64RandomGenerator, 31 bits each. The state of 64 bits is in two halves, since BigInt takes twenty times as long. */
export function splitMix(seed: number): () => number {
  let [high, low] = [0, seed >>> 0];
  return () => {
    [high, low] = add(high, low, 0x9e3779b9, 0x7f4a7c15);
    let [h, l] = multiply(high ^ (high >>> 30), low ^ ((low >>> 30) | (high << 2)), 0xbf58476d, 0x1ce4e5b9);
    [h, l] = multiply(h ^ (h >>> 27), l ^ ((l >>> 27) | (h << 5)), 0x94d049bb, 0x133111eb);
    return (l ^ ((l >>> 31) | (h << 1))) & 0x7fffffff;
  };
}

function add(high: number, low: number, otherHigh: number, otherLow: number): [high: number, low: number] {
  const sum = (low >>> 0) + otherLow;
  return [(high + otherHigh + (sum > 0xffffffff ? 1 : 0)) | 0, sum | 0];
}

/** The lower 64 bits of a product. */
function multiply(
  high: number,
  low: number,
  otherHigh: number,
  otherLow: number,
): [high: number, low: number] {
  const [a, b] = [low >>> 16, low & 0xffff];
  const [c, d] = [otherLow >>> 16, otherLow & 0xffff];
  // In pieces of 16 bits, whose products are exact.
  const middle = a * d + Math.floor((b * d) / 0x10000) + ((b * c) & 0xffff);
  const carry = a * c + Math.floor((b * c) / 0x10000) + Math.floor(middle / 0x10000);
  const upper = carry + Math.imul(low, otherHigh) + Math.imul(high, otherLow);
  return [upper | 0, Math.imul(low, otherLow)];
}
