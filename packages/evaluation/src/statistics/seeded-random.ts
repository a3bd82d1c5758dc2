/**
 * Numbers from 0 to below 1 that are the same for the same seed on every machine: sfc32, Chris Doty-Humphrey's small fast counting
 * generator, of PractRand.
 */
export function seededRandom(seed: number): () => number {
  let [a, b, c, counter] = [0x9e37_79b9, seed | 0, Math.floor(seed / 2 ** 32) | 0, 1];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // Skip the first numbers, which are similar for similar seeds.
  for (let i = 0; i < 15; i++) next();
  return next;
}
