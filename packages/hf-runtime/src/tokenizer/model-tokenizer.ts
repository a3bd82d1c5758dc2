import { MaxLengthError } from "../errors/max-length-error.js";
import type { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import { countSpecialTokens, type SequenceTemplate, type TemplatePiece } from "./sequence-template.js";
import type { EncodeOptions, Encoding, TextTokenizer } from "./text-tokenizer.js";
import { longestFirst } from "./truncate-pair.js";

export interface ModelTokenizerSettings {
  readonly maxLength: number;
  readonly padId: number;
  readonly paddingSide: "left" | "right";
  /** Which end of a text is cut off. */
  readonly truncationSide: "left" | "right";
}

/** A model's tokenizer: text model, then truncation, then special tokens, in the order of Python's `tokenizers`. */
export class ModelTokenizer implements TextTokenizer {
  readonly maxLength: number;
  readonly padId: number;
  readonly paddingSide: "left" | "right";
  private readonly truncationSide: "left" | "right";
  private readonly specialTokens: { readonly single: number; readonly pair: number };

  constructor(
    private readonly vocabulary: Pick<AddedVocabulary, "ids">,
    private readonly template: SequenceTemplate,
    settings: ModelTokenizerSettings,
  ) {
    this.maxLength = settings.maxLength;
    this.padId = settings.padId;
    this.paddingSide = settings.paddingSide;
    this.truncationSide = settings.truncationSide;
    this.specialTokens = {
      single: countSpecialTokens(template.single),
      pair: countSpecialTokens(template.pair),
    };
  }

  /** @throws MaxLengthError when the special tokens (and, with "only_second", the query) leave no room for text */
  encode(text: string, pair?: string, options: EncodeOptions = {}): Encoding {
    const maxLength = options.maxLength ?? this.maxLength;
    const special = pair === undefined ? this.specialTokens.single : this.specialTokens.pair;
    const room = maxLength - special;
    if (!(room > 0)) throw new MaxLengthError(maxLength, special, "the special tokens");
    // What is cut off at the end need not be read: one id too many shows that there is more.
    const enough = this.truncationSide === "right" ? room + 1 : Number.POSITIVE_INFINITY;
    const onlySecondIsCut = pair !== undefined && options.truncation === "only_second";
    const idsA = this.vocabulary.ids(text, onlySecondIsCut ? undefined : enough);
    if (pair === undefined) {
      const kept = Math.min(idsA.length, room);
      return this.assemble(this.template.single, this.cut(idsA, kept), [], kept < idsA.length);
    }
    const idsB = this.vocabulary.ids(pair, enough);
    const [keptA, keptB] = onlySecondIsCut
      ? onlySecond(idsA.length, idsB.length, room, special)
      : longestFirst(...this.comparedLengths(text, pair, idsA.length, idsB.length, room), room);
    const truncated = keptA < idsA.length || keptB < idsB.length;
    return this.assemble(this.template.pair, this.cut(idsA, keptA), this.cut(idsB, keptB), truncated);
  }

  count(text: string, pair?: string): number {
    if (pair === undefined) return this.vocabulary.ids(text).length + this.specialTokens.single;
    return this.vocabulary.ids(text).length + this.vocabulary.ids(pair).length + this.specialTokens.pair;
  }

  /**
   * Lengths that truncation may go by. Where both texts alone overflow an odd room, the longer one gets a token more, and
   * only then their whole lengths matter.
   */
  private comparedLengths(
    text: string,
    pair: string,
    lengthA: number,
    lengthB: number,
    room: number,
  ): readonly [lengthA: number, lengthB: number] {
    if (room % 2 === 0 || lengthA <= room || lengthB <= room) return [lengthA, lengthB];
    return [this.vocabulary.ids(text).length, this.vocabulary.ids(pair).length];
  }

  private cut(ids: readonly number[], kept: number): readonly number[] {
    if (kept === ids.length) return ids;
    return this.truncationSide === "right" ? ids.slice(0, kept) : ids.slice(ids.length - kept);
  }

  private assemble(
    pieces: readonly TemplatePiece[],
    idsA: readonly number[],
    idsB: readonly number[],
    truncated: boolean,
  ): Encoding {
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
    return { ids, typeIds, truncated };
  }
}

/** `tokenizers`' `only_second`: the first text stays whole, and at least one token of the second must remain. */
function onlySecond(
  lengthA: number,
  lengthB: number,
  room: number,
  special: number,
): readonly [keptA: number, keptB: number] {
  if (lengthA + lengthB <= room) return [lengthA, lengthB];
  const keptB = room - lengthA;
  if (keptB <= 0) {
    const needed = special + lengthA;
    throw new MaxLengthError(
      room + special,
      needed,
      `special tokens and the first text, which "only_second" never cuts`,
    );
  }
  return [lengthA, keptB];
}
