import type { ComponentJson } from "../json/component-json.js";
import type { PostProcessor, TemplatePiece } from "./post-processor.js";

/** The fields of a BertProcessing or RobertaProcessing in tokenizer.json. */
export interface ClsSepJson extends ComponentJson {
  readonly cls?: readonly [token: string, id: number];
  readonly sep?: readonly [token: string, id: number];
}

/**
 * `[CLS] A [SEP]`, and for a pair `[CLS] A [SEP] B [SEP]`.
 * @param options.sepsBetween separators between the texts of a pair
 * @param options.pairTypeId segment of the second text
 * @returns undefined if one of the two tokens is missing
 */
export function clsSepTemplate(
  json: ClsSepJson,
  { sepsBetween, pairTypeId }: { readonly sepsBetween: 1 | 2; readonly pairTypeId: 0 | 1 },
): PostProcessor | undefined {
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
