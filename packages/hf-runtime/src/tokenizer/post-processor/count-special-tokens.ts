import type { TemplatePiece } from "./post-processor.js";

/** Number of special tokens that a template adds to its texts. */
export function countSpecialTokens(pieces: readonly TemplatePiece[]): number {
  return pieces.reduce((sum, piece) => sum + ("text" in piece ? 0 : piece.specialIds.length), 0);
}
