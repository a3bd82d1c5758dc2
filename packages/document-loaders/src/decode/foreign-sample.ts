import { nextTurn } from "@secondpass/core";

/** Bytes of a sample; a longer one rarely changes the result. */
const SAMPLE_BYTES = 1 << 13;
/** A longer text is sampled in this many places, because a character at its beginning may not be typical of the rest. */
const PLACES = 16;
const PLACE_BYTES = SAMPLE_BYTES / PLACES;
/** Bytes that are searched for a space, at which a sample may begin or end. */
const REACH = 1 << 12;

/** The part of a text from which its encoding is detected. */
export interface ForeignSample {
  readonly sample: Uint8Array;
  /** Position of the first byte that is not ASCII text: a byte of more than 7 bits, a zero or an escape. 0 if there is none. */
  readonly start: number;
  /** Whether the sample may end inside a character. */
  readonly isCut: boolean;
}

/** Takes a sample of a text. It is a whole short text, or pieces from everywhere in it that begin and end at spaces and have bytes that are not ASCII text. */
export async function foreignSample(bytes: Uint8Array): Promise<ForeignSample> {
  const start = firstForeign(bytes, 0, bytes.length);
  if (bytes.length <= SAMPLE_BYTES) return { sample: bytes, start: Math.max(start, 0), isCut: false };
  const pieces: Uint8Array[] = [];
  const stretch = Math.ceil(bytes.length / PLACES);
  for (let from = 0; from < bytes.length && start >= 0; from += stretch) {
    const piece = pieceIn(bytes, from, Math.min(from + stretch, bytes.length));
    if (piece !== undefined) pieces.push(piece);
    await nextTurn();
  }
  // UTF-16 and UTF-32 have no bytes to cut at, and some East Asian texts no spaces.
  const hasZeros = bytes.subarray(0, SAMPLE_BYTES).includes(0);
  const sample =
    hasZeros || pieces.length === 0 ? headFrom(bytes, hasZeros ? 0 : start) : Buffer.concat(pieces);
  return { sample, start: Math.max(start, 0), isCut: hasZeros || pieces.length === 0 };
}

function headFrom(bytes: Uint8Array, start: number): Uint8Array {
  // Everything before the first foreign byte is ASCII, so no character is cut.
  const from = Math.max(start - PLACE_BYTES, 0);
  return bytes.subarray(from, from + SAMPLE_BYTES);
}

function pieceIn(bytes: Uint8Array, from: number, to: number): Uint8Array | undefined {
  const foreign = firstForeign(bytes, from, to);
  if (foreign < 0) return undefined;
  let begin = foreign;
  while (begin > 0 && foreign - begin < REACH && !isSpace(bytes[begin - 1]!)) begin--;
  if (begin > 0 && !isSpace(bytes[begin - 1]!)) return undefined;
  let end = Math.min(Math.max(begin + PLACE_BYTES, foreign + 1), bytes.length);
  const last = Math.min(end + REACH, bytes.length);
  while (end < last && !isSpace(bytes[end]!)) end++;
  return end < bytes.length && !isSpace(bytes[end]!)
    ? undefined
    : bytes.subarray(begin, Math.min(end + 1, bytes.length));
}

function firstForeign(bytes: Uint8Array, from: number, to: number): number {
  for (let index = from; index < to; index++) {
    const byte = bytes[index]!;
    if (byte === 0 || byte === 0x1b || byte > 0x7f) return index;
  }
  return -1;
}

/** Whether a byte is a space. Only UTF-16 and UTF-32 have these bytes inside a character. */
function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
