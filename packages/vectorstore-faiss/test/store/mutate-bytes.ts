/** A small generator of pseudo-random numbers (mulberry32): the same seed gives the same mutations everywhere. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A damaged copy: one to four times, bits are flipped, or bytes are set, cut, doubled, swapped or copied from another place. */
export function mutateBytes(bytes: Uint8Array, random: () => number): Uint8Array {
  let mutated = Uint8Array.from(bytes);
  const below = (count: number): number => Math.floor(random() * count);
  for (let times = 1 + below(4); times > 0; times--) {
    const at = below(mutated.length);
    const length = Math.min(mutated.length - at, 1 + below(16));
    const piece = mutated.slice(at, at + length);
    switch (below(7)) {
      case 0:
        mutated[at]! ^= 1 << below(8);
        break;
      case 1:
        mutated[at] = below(256);
        break;
      case 2:
        mutated.fill(below(2) * 255, at, at + length);
        break;
      case 3:
        mutated = mutated.slice(0, Math.max(1, at));
        break;
      case 4:
        mutated = Uint8Array.from([...mutated.subarray(0, at), ...piece, ...mutated.subarray(at)]);
        break;
      case 5:
        mutated = Uint8Array.from([...mutated.subarray(0, at), ...mutated.subarray(at + length), 0x2e]);
        break;
      default:
        mutated.set(piece.subarray(0, mutated.length), below(Math.max(1, mutated.length - length)));
    }
  }
  return mutated;
}
