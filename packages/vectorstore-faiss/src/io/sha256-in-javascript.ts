import type { Sha256 } from "./sha256.js";

const BLOCK_BYTES = 64;

/** The first 32 bits of the fractions of a root of the first primes. */
function primeFractions(count: number, root: (prime: number) => number): Int32Array {
  const fractions = new Int32Array(count);
  for (let prime = 2, found = 0; found < count; prime++) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= prime; factor++) isPrime &&= prime % factor !== 0;
    if (isPrime) fractions[found++] = (root(prime) % 1) * 2 ** 32;
  }
  return fractions;
}

const START = primeFractions(8, Math.sqrt);
const CONSTANTS = primeFractions(64, Math.cbrt);

/**
 * SHA-256 (FIPS 180-4) where there is no OpenSSL. Browsers' own digest takes everything at once, and only on pages that
 * came by https.
 */
export function sha256(): Sha256 {
  const state = START.slice();
  const block = new Uint8Array(BLOCK_BYTES);
  let total = 0;
  return {
    update(bytes) {
      let held = total % BLOCK_BYTES;
      total += bytes.length;
      let at = 0;
      if (held > 0) {
        at = Math.min(BLOCK_BYTES - held, bytes.length);
        block.set(bytes.subarray(0, at), held);
        held += at;
        if (held < BLOCK_BYTES) return;
        compress(state, block, 0);
      }
      for (; at + BLOCK_BYTES <= bytes.length; at += BLOCK_BYTES) compress(state, bytes, at);
      block.set(bytes.subarray(at));
    },
    digest() {
      const own = state.slice();
      const held = total % BLOCK_BYTES;
      // A one bit, zeros, and the number of bits, to whole blocks.
      const end = new Uint8Array(held < BLOCK_BYTES - 8 ? BLOCK_BYTES : BLOCK_BYTES * 2);
      end.set(block.subarray(0, held));
      end[held] = 0x80;
      const view = new DataView(end.buffer);
      view.setUint32(end.length - 8, Math.floor(total / 2 ** 29));
      view.setUint32(end.length - 4, (total % 2 ** 29) * 8);
      for (let at = 0; at < end.length; at += BLOCK_BYTES) compress(own, end, at);
      return Array.from(own, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
    },
  };
}

const words = new Int32Array(64);

/** Mixes one block into the state. */
function compress(state: Int32Array, bytes: Uint8Array, start: number): void {
  for (let i = 0, at = start; i < 16; i++, at += 4) {
    words[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
  }
  for (let i = 16; i < 64; i++) {
    const x = words[i - 15]!;
    const y = words[i - 2]!;
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
    words[i] = (words[i - 16]! + s0 + words[i - 7]! + s1) | 0;
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
    const first = (h + s1 + ((e & f) ^ (~e & g)) + CONSTANTS[i]! + words[i]!) | 0;
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
    const second = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  const mixed = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = state[i]! + mixed[i]!;
}
