import type { ComponentJson } from "./json/component-json.js";
import type { PostProcessorJson, TemplatePieceJson } from "./json/post-processor-json.js";

/** One part of a finished input: a text, or the ids of special tokens. */
export type TemplatePiece =
  | { readonly text: "A" | "B"; readonly typeId: number }
  | { readonly specialIds: readonly number[]; readonly typeId: number };

/** How texts and special tokens are put together, for one text and for a pair. */
export interface SequenceTemplate {
  readonly single: readonly TemplatePiece[];
  readonly pair: readonly TemplatePiece[];
}

/** What `tokenizers` gives without a post-processor: no special tokens, the second text as segment 1. */
const PLAIN: SequenceTemplate = {
  single: [{ text: "A", typeId: 0 }],
  pair: [
    { text: "A", typeId: 0 },
    { text: "B", typeId: 1 },
  ],
};

/**
 * Reads the post-processor of a tokenizer.json.
 * @returns undefined for a kind that is not known here
 */
export function sequenceTemplate(component: ComponentJson | null): SequenceTemplate | undefined {
  if (component === null) return PLAIN;
  const json = component as PostProcessorJson;
  switch (json.type) {
    case "ByteLevel": // Changes offsets only.
      return PLAIN;
    case "TemplateProcessing":
      return {
        single: (json.single ?? []).flatMap((piece) => templatePiece(piece, json)),
        pair: (json.pair ?? []).flatMap((piece) => templatePiece(piece, json)),
      };
    case "BertProcessing":
      return clsSepTemplate(json, { sepsBetween: 1, pairTypeId: 1 });
    case "RobertaProcessing": // Two separators between the texts, and segment 0 throughout.
      return clsSepTemplate(json, { sepsBetween: 2, pairTypeId: 0 });
    case "Sequence": {
      const templates = (json.processors ?? []).map(sequenceTemplate);
      const effective = templates.filter((template) => template !== PLAIN);
      return effective.length === 0 ? PLAIN : effective.length === 1 ? effective[0] : undefined;
    }
    default:
      return undefined;
  }
}

/** Number of special tokens that a template adds to its texts. */
export function countSpecialTokens(pieces: readonly TemplatePiece[]): number {
  return pieces.reduce((sum, piece) => sum + ("text" in piece ? 0 : piece.specialIds.length), 0);
}

/** The same for a model that is not told the texts of a pair apart: all of segment 0. */
export function withoutTypes({ single, pair }: SequenceTemplate): SequenceTemplate {
  const first = (piece: TemplatePiece): TemplatePiece => ({ ...piece, typeId: 0 });
  return { single: single.map(first), pair: pair.map(first) };
}

function templatePiece(piece: TemplatePieceJson, json: PostProcessorJson): TemplatePiece[] {
  if (piece.Sequence) return [{ text: piece.Sequence.id, typeId: piece.Sequence.type_id }];
  if (!piece.SpecialToken) return [];
  const { id, type_id } = piece.SpecialToken;
  return [{ specialIds: json.special_tokens?.[id]?.ids ?? [], typeId: type_id }];
}

function clsSepTemplate(
  json: PostProcessorJson,
  { sepsBetween, pairTypeId }: { sepsBetween: 1 | 2; pairTypeId: 0 | 1 },
): SequenceTemplate | undefined {
  if (!json.cls || !json.sep) return undefined;
  const sep = json.sep[1];
  const first: TemplatePiece[] = [
    { specialIds: [json.cls[1]], typeId: 0 },
    { text: "A", typeId: 0 },
    { specialIds: [sep], typeId: 0 },
  ];
  const second: TemplatePiece[] = [
    { text: "B", typeId: pairTypeId },
    { specialIds: [sep], typeId: pairTypeId },
  ];
  const extra: TemplatePiece[] = sepsBetween === 2 ? [{ specialIds: [sep], typeId: 0 }] : [];
  return { single: first, pair: [...first, ...extra, ...second] };
}
