/** Bytes of a piece, which takes about a millisecond to hash or copy. */
const PIECE_BYTES = 1 << 20;

/** The bytes of an array, copied piece by piece. */
export function* piecesOf(array: ArrayBufferView): Generator<Uint8Array> {
  const { buffer, byteOffset, byteLength } = array;
  for (let start = 0; start < byteLength; start += PIECE_BYTES) {
    yield new Uint8Array(buffer, byteOffset + start, Math.min(PIECE_BYTES, byteLength - start)).slice();
  }
}
