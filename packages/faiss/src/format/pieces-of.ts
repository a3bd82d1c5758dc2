/** Bytes of a piece: whoever takes it, to hash or to keep, is done with it in about a millisecond. */
const PIECE_BYTES = 1 << 20;

/** The bytes of an array as they lie, copied piece by piece. */
export function* piecesOf(array: ArrayBufferView): Generator<Uint8Array> {
  const { buffer, byteOffset, byteLength } = array;
  for (let start = 0; start < byteLength; start += PIECE_BYTES) {
    yield new Uint8Array(buffer, byteOffset + start, Math.min(PIECE_BYTES, byteLength - start)).slice();
  }
}
