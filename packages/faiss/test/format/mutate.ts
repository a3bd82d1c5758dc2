/** Typical values of damaged or hostile lengths, counts and tags. */
const EXTREMES = [
  0n,
  1n,
  -1n,
  0x7fffffffn,
  0xffffffffn,
  1n << 40n,
  (1n << 53n) + 1n,
  (1n << 63n) - 1n,
  1n << 61n,
];

/** A damaged copy of the bytes: one to four changes drawn from `random`. */
export function mutate(bytes: Uint8Array, random: () => number): Uint8Array {
  let damaged = bytes.slice();
  // Most changes are in the first kilobyte, where the structure is; the rest is mostly vectors.
  const place = (room: number) => {
    const end = Math.max(1, damaged.length - room);
    return Math.floor(random() * (random() < 0.7 ? Math.min(end, 1024) : end));
  };
  const changes = 1 + Math.floor(random() * 4);
  for (let i = 0; i < changes && damaged.length > 16; i++) {
    const kind = Math.floor(random() * 6);
    const view = new DataView(damaged.buffer, damaged.byteOffset, damaged.length);
    const extreme = EXTREMES[Math.floor(random() * EXTREMES.length)]!;
    if (kind === 0) damaged[place(0)]! ^= 1 << Math.floor(random() * 8);
    else if (kind === 1) damaged[place(0)] = Math.floor(random() * 256);
    else if (kind === 2) view.setBigInt64(place(8), extreme, true);
    else if (kind === 3) view.setInt32(place(4), Number(BigInt.asIntN(32, extreme)), true);
    else if (kind === 4) damaged = damaged.slice(0, place(0));
    else {
      const [from, to] = [place(64), place(64)];
      damaged.copyWithin(to, from, from + 1 + Math.floor(random() * 63));
    }
  }
  return damaged;
}
