import type { PostProcessor, TemplatePiece } from "./post-processor.js";

/** The same for a model that cannot tell the texts of a pair apart: all of segment 0. */
export function withoutTypeIds({ single, pair }: PostProcessor): PostProcessor {
  const first = (piece: TemplatePiece): TemplatePiece => ({ ...piece, typeId: 0 });
  return { single: single.map(first), pair: pair.map(first) };
}
