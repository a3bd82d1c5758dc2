import { closeSync, openSync, readSync } from "node:fs";

const PIECE_ROWS = 8192;

/** Rows first…first+count-1 of a file of float32 rows, in pieces (files may be larger than one array can be). */
export function* readRows(path, dimensions, first, count) {
  const file = openSync(path, "r");
  try {
    for (let row = first; row < first + count; row += PIECE_ROWS) {
      const piece = new Float32Array(Math.min(PIECE_ROWS, first + count - row) * dimensions);
      readSync(file, piece, 0, piece.byteLength, row * dimensions * 4);
      yield piece;
    }
  } finally {
    closeSync(file);
  }
}
