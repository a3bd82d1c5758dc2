import type { ComponentJson } from "../json/component-json.js";

/** One part of a finished input: a text, or the ids of special tokens. */
export type TemplatePiece =
  | { readonly text: "A" | "B"; readonly typeId: number }
  | { readonly specialIds: readonly number[]; readonly typeId: number };

/** Puts texts and special tokens together: every kind is a template for one text and a template for a pair. */
export interface PostProcessor {
  readonly single: readonly TemplatePiece[];
  readonly pair: readonly TemplatePiece[];
}

/** One kind of post-processor. To add one: a file with its record, a line in post-processors.ts, a golden. */
export interface PostProcessorKind<Json extends ComponentJson = ComponentJson> {
  /** The `type` of tokenizer.json that it builds. */
  readonly type: string;
  /**
   * Builds the post-processor.
   * @param createPart builds a post-processor inside this one
   * @returns undefined if its settings are incomplete or one of its parts is unknown
   */
  create(
    json: Json,
    createPart: (json: ComponentJson) => PostProcessor | undefined,
  ): PostProcessor | undefined;
}
