import type { TemplatePiece } from "./post-processor.js";

/**
 * Joins the ids of texts and special tokens in the order of a template.
 * @returns `ids` [tokens] and `typeIds` [tokens]
 */
export function assemble(
  pieces: readonly TemplatePiece[],
  idsA: readonly number[],
  idsB: readonly number[],
): { readonly ids: Int32Array; readonly typeIds: Int32Array } {
  const parts = pieces.map((piece) => ({
    ids: "text" in piece ? (piece.text === "A" ? idsA : idsB) : piece.specialIds,
    typeId: piece.typeId,
  }));
  const length = parts.reduce((sum, part) => sum + part.ids.length, 0);
  const ids = new Int32Array(length);
  const typeIds = new Int32Array(length);
  let at = 0;
  for (const part of parts) {
    ids.set(part.ids, at);
    if (part.typeId !== 0) typeIds.fill(part.typeId, at, at + part.ids.length);
    at += part.ids.length;
  }
  return { ids, typeIds };
}
