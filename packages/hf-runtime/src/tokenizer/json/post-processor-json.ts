import type { ComponentJson } from "./component-json.js";

/** A post-processor of tokenizer.json. */
export interface PostProcessorJson extends ComponentJson {
  readonly type: string;
  /** TemplateProcessing */
  readonly single?: readonly TemplatePieceJson[];
  readonly pair?: readonly TemplatePieceJson[];
  readonly special_tokens?: Readonly<Record<string, { readonly ids: readonly number[] }>>;
  /** BertProcessing and RobertaProcessing */
  readonly cls?: readonly [string, number];
  readonly sep?: readonly [string, number];
  /** Sequence */
  readonly processors?: readonly PostProcessorJson[];
}

export interface TemplatePieceJson {
  readonly SpecialToken?: { readonly id: string; readonly type_id: number };
  readonly Sequence?: { readonly id: "A" | "B"; readonly type_id: number };
}
