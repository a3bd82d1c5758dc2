import type { ComponentJson } from "../json/component-json.js";

/** Text → text that the pre-tokenizer splits. */
export type Normalizer = (text: string) => string;

/** One kind of normalizer. To add one: a file with its record, a line in normalizers.ts, a golden. */
export interface NormalizerKind<Json extends ComponentJson = ComponentJson> {
  /** The `type`s of tokenizer.json that it builds. */
  readonly types: readonly string[];
  /**
   * Builds the normalizer.
   * @param createPart builds a normalizer inside this one
   * @throws SyntaxError if one of its patterns cannot be translated
   */
  create(json: Json, createPart: (json: ComponentJson) => Normalizer): Normalizer;
}
