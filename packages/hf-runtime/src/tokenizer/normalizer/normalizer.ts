import type { PieceOrigin } from "../alignment/aligned-builder.js";
import type { ComponentJson } from "../json/component-json.js";
import type { Steps } from "../steps/steps.js";

/** A piece of a text and its replacement. */
export interface NormalizedPiece {
  readonly start: number;
  readonly end: number;
  /** The replacement. @default the piece stays unchanged */
  readonly written?: string;
  /** @default "each" */
  readonly origin?: PieceOrigin;
}

/** Text → text that the pre-tokenizer splits. */
export interface Normalizer {
  (text: string): string;
  /**
   * Whether a text can be cut at a place and its two parts normalized separately. If set, it is true at least between two
   * letters of `wordLetterUnits`, and between such a letter and a space that another one follows.
   */
  readonly canCut?: (text: string, at: number) => boolean;
  /** Normalizes a long text that cannot be cut. @default in one step */
  readonly inSteps?: (text: string) => Steps<string>;
  /** Normalizers that give the same result one after the other, for tracking where characters come from. @default only this one */
  readonly parts?: readonly Normalizer[];
  /** The pieces of a text and their replacements, in order. @default the pieces between the places of `canCut` */
  readonly pieces?: (text: string) => Iterable<NormalizedPiece>;
}

/** One kind of normalizer. To add one: a file with its record, a line in normalizers.ts, a golden. */
export interface NormalizerKind<Json extends ComponentJson = ComponentJson> {
  /** The `type`s of tokenizer.json that it builds. */
  readonly types: readonly string[];
  /**
   * Builds the normalizer.
   * @param createPart builds a normalizer inside this one
   * @throws SyntaxError if one of its patterns cannot be translated or cannot be matched in linear time
   */
  create(json: Json, createPart: (json: ComponentJson) => Normalizer): Normalizer;
}
