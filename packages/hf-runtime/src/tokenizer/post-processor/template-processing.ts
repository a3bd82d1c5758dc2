import type { ComponentJson } from "../json/component-json.js";
import type { PostProcessorKind, TemplatePiece } from "./post-processor.js";

interface TemplateProcessingJson extends ComponentJson {
  readonly single?: readonly PieceJson[];
  readonly pair?: readonly PieceJson[];
  readonly special_tokens?: Readonly<Record<string, { readonly ids: readonly number[] }>>;
}

interface PieceJson {
  readonly SpecialToken?: { readonly id: string; readonly type_id: number };
  readonly Sequence?: { readonly id: "A" | "B"; readonly type_id: number };
}

/** Templates written out in the file. */
export const templateProcessing: PostProcessorKind<TemplateProcessingJson> = {
  type: "TemplateProcessing",
  create: (json) => ({
    single: (json.single ?? []).flatMap((piece) => templatePiece(piece, json)),
    pair: (json.pair ?? []).flatMap((piece) => templatePiece(piece, json)),
  }),
};

function templatePiece(piece: PieceJson, json: TemplateProcessingJson): TemplatePiece[] {
  if (piece.Sequence) return [{ text: piece.Sequence.id, typeId: piece.Sequence.type_id }];
  if (!piece.SpecialToken) return [];
  const { id, type_id } = piece.SpecialToken;
  return [{ specialIds: json.special_tokens?.[id]?.ids ?? [], typeId: type_id }];
}
