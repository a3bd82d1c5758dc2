import type { PieceOrigin } from "../alignment/aligned-builder.js";
import type { ComponentJson } from "../json/component-json.js";
import type { Steps } from "../steps/steps.js";

/** A piece of a text, and what becomes of it. */
export interface NormalizedPiece {
  readonly start: number;
  readonly end: number;
  /** @default it stays as it is */
  readonly written?: string;
  /** @default "each" */
  readonly origin?: PieceOrigin;
}

/** Text → text that the pre-tokenizer splits. */
export interface Normalizer {
  (text: string): string;
  /**
   * Whether the two parts of a text can be normalized one by one. Where it is set, it is true at least between two letters of
   * `wordLetterUnits`, and between such a letter and a space in front of another.
   */
  readonly canCut?: (text: string, at: number) => boolean;
  /** The same for a long text that cannot be cut. @default in one step */
  readonly inSteps?: (text: string) => Steps<string>;
  /** Normalizers that do the same one after the other, to follow where characters come from. @default it is one of its own */
  readonly parts?: readonly Normalizer[];
  /** The pieces of a text and what becomes of each, in their order. @default those between the places of `canCut` */
  readonly pieces?: (text: string) => Iterable<NormalizedPiece>;
}

/** One kind of normalizer. To add one: a file with its record, a line in normalizers.ts, a golden. */
export interface NormalizerKind<Json extends ComponentJson = ComponentJson> {
  /** The `type`s of tokenizer.json that it builds. */
  readonly types: readonly string[];
  /**
   * Builds the normalizer.
   * @param createPart builds a normalizer inside this one
   * @throws SyntaxError if one of its patterns cannot be translated, or not be matched in linear time
   */
  create(json: Json, createPart: (json: ComponentJson) => Normalizer): Normalizer;
}
