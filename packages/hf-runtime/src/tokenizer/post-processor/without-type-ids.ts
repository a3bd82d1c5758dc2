import type { PostProcessor, TemplatePiece } from "./post-processor.js";

/** A post-processor with all tokens in segment 0, for a model that does not distinguish the texts of a pair. */
export function withoutTypeIds({ single, pair }: PostProcessor): PostProcessor {
  const first = (piece: TemplatePiece): TemplatePiece => ({ ...piece, typeId: 0 });
  return { single: single.map(first), pair: pair.map(first) };
}
