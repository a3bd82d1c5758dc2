import type { TextToken } from "../contracts/text-token.js";
import { MaxLengthError } from "../errors/max-length-error.js";
import type { AddedVocabulary } from "./added-vocabulary/added-vocabulary.js";
import { assemble } from "./post-processor/assemble.js";
import { countSpecialTokens } from "./post-processor/count-special-tokens.js";
import { plainTemplate } from "./post-processor/plain-template.js";
import type { PostProcessor } from "./post-processor/post-processor.js";
import { runInSlices } from "./steps/run-in-slices.js";
import { runSteps } from "./steps/run-steps.js";
import type { Steps } from "./steps/steps.js";
import type { EncodeOptions, Encoding, LocatedTokens, TextTokenizer } from "./text-tokenizer.js";
import { type TrimSpaces, trimSpaces } from "./trim-spaces.js";
import { longestFirst } from "./truncation/longest-first.js";
import { onlySecond } from "./truncation/only-second.js";

/** UTF-16 units that are encoded without a pause: about a millisecond. */
const SHORT = 2048;

type Side = "left" | "right";

export interface TokenizerSettings {
  readonly maxLength: number;
  readonly padId: number;
  readonly paddingSide: "left" | "right";
  /** The side of a text that is truncated. */
  readonly truncationSide: "left" | "right";
  /** Set if spaces at the start and the end of a token are not part of its place in the text. @default they are part of it */
  readonly trimsSpaces?: TrimSpaces | undefined;
}

/** A model's tokenizer: ids of the texts, then truncation, then the post-processor, in the order of Python's `tokenizers`. */
export class Tokenizer implements TextTokenizer {
  readonly maxLength: number;
  readonly padId: number;
  readonly paddingSide: "left" | "right";
  private readonly truncationSide: "left" | "right";
  private readonly trimsSpaces: TrimSpaces | undefined;
  private readonly specialTokens: { readonly single: number; readonly pair: number };

  constructor(
    private readonly vocabulary: Pick<
      AddedVocabulary,
      "ids" | "idsInSteps" | "locateInSteps" | "tokenId" | "addedToken"
    >,
    private readonly postProcessor: PostProcessor,
    settings: TokenizerSettings,
  ) {
    this.maxLength = settings.maxLength;
    this.padId = settings.padId;
    this.paddingSide = settings.paddingSide;
    this.truncationSide = settings.truncationSide;
    this.trimsSpaces = settings.trimsSpaces;
    this.specialTokens = {
      single: countSpecialTokens(postProcessor.single),
      pair: countSpecialTokens(postProcessor.pair),
    };
  }

  /** @throws MaxLengthError if the special tokens (and, with "only_second", the first text) leave no room for text */
  encode(text: string, pair?: string, options: EncodeOptions = {}): Encoding {
    return runSteps(this.encodeInSteps(text, pair, options));
  }

  encodeInSlices(
    text: string,
    pair?: string,
    options: EncodeOptions = {},
    signal?: AbortSignal,
  ): Encoding | Promise<Encoding> {
    if (text.length + (pair?.length ?? 0) <= SHORT) return this.encode(text, pair, options);
    return runInSlices(this.encodeInSteps(text, pair, options), signal);
  }

  locateInSlices(
    text: string,
    pair: string,
    options: EncodeOptions = {},
    signal?: AbortSignal,
  ): Promise<LocatedTokens> {
    return runInSlices(this.locateInSteps(text, pair, options), signal);
  }

  tokensInSlices(
    text: string,
    options: Pick<EncodeOptions, "addSpecialTokens"> = {},
    signal?: AbortSignal,
  ): Promise<readonly TextToken[]> {
    return runInSlices(this.tokensInSteps(text, options), signal);
  }

  private *tokensInSteps(
    text: string,
    { addSpecialTokens = true }: Pick<EncodeOptions, "addSpecialTokens">,
  ): Steps<readonly TextToken[]> {
    const located = yield* this.vocabulary.locateInSteps(text, Number.POSITIVE_INFINITY);
    if (this.trimsSpaces) trimSpaces(text, located, this.trimsSpaces);
    const { single } = addSpecialTokens ? this.postProcessor : plainTemplate;
    return single.flatMap((piece): TextToken[] => {
      if (!("text" in piece)) {
        return piece.specialIds.map((id) => ({
          id,
          text: this.vocabulary.addedToken(id) ?? "",
          isSpecial: true,
          start: undefined,
          end: undefined,
        }));
      }
      return located.ids.map((id, token) => {
        const start = located.starts[token]!;
        const end = located.ends[token]!;
        return { id, text: text.slice(start, end), isSpecial: false, start, end };
      });
    });
  }

  private *locateInSteps(text: string, pair: string, options: EncodeOptions): Steps<LocatedTokens> {
    const { idsA, idsB, keptA, keptB } = yield* this.cutPair(text, pair, options);
    const isCut = keptB < idsB.length;
    const isRight = this.sideOf(options) === "right";
    const located = yield* this.vocabulary.locateInSteps(pair, isRight ? keptB : Number.POSITIVE_INFINITY);
    if (this.trimsSpaces) trimSpaces(pair, located, this.trimsSpaces);
    const from = isRight ? 0 : located.ids.length - keptB;
    const starts = Int32Array.from(located.starts.slice(from, from + keptB));
    const ends = Int32Array.from(located.ends.slice(from, from + keptB));
    const pieces = this.postProcessor.pair;
    const second = pieces.findIndex((piece) => "text" in piece && piece.text === "B");
    const before = pieces.slice(0, Math.max(second, 0));
    const first = before.reduce(
      (sum, piece) => sum + ("text" in piece ? Math.min(keptA, idsA.length) : piece.specialIds.length),
      0,
    );
    const readStart = isCut && !isRight ? (starts[0] ?? pair.length) : 0;
    const readEnd = isCut && isRight ? (ends.at(-1) ?? 0) : pair.length;
    return { first, starts, ends, readStart, readEnd };
  }

  private *encodeInSteps(text: string, pair: string | undefined, options: EncodeOptions): Steps<Encoding> {
    if (pair === undefined) {
      const single = options.addSpecialTokens === false ? plainTemplate.single : this.postProcessor.single;
      const room = this.room(countSpecialTokens(single), options);
      const side = this.sideOf(options);
      const idsA = yield* this.ids(text, room + 1, side);
      const kept = Math.min(idsA.length, room);
      const { ids, typeIds } = assemble(single, cutIds(idsA, kept, side), []);
      return { ids, typeIds, truncated: kept < idsA.length };
    }
    const { idsA, idsB, keptA, keptB } = yield* this.cutPair(text, pair, options);
    const truncated = keptA < idsA.length || keptB < idsB.length;
    const side = this.sideOf(options);
    const { ids, typeIds } = assemble(
      this.postProcessor.pair,
      cutIds(idsA, keptA, side),
      cutIds(idsB, keptB, side),
    );
    return { ids, typeIds, truncated };
  }

  /** The ids of a pair's texts (at least those that are kept), and how many of them are kept. */
  private *cutPair(text: string, pair: string, options: EncodeOptions) {
    const special = this.specialTokens.pair;
    const room = this.room(special, options);
    // Text that is cut off need not be encoded: one extra id shows that there is more.
    const enough = room + 1;
    const onlySecondIsCut = options.truncation === "only_second";
    const side = this.sideOf(options);
    const idsA = yield* this.ids(text, onlySecondIsCut ? Number.POSITIVE_INFINITY : enough, side);
    const idsB = yield* this.ids(pair, enough, side);
    const [keptA, keptB] = onlySecondIsCut
      ? onlySecond(idsA.length, idsB.length, room, special)
      : longestFirst(...(yield* this.comparedLengths(text, pair, idsA.length, idsB.length, room)), room);
    return { idsA, idsB, keptA, keptB };
  }

  /** @throws MaxLengthError if the special tokens leave no room for text */
  private room(special: number, { maxLength = this.maxLength }: EncodeOptions): number {
    const room = maxLength - special;
    if (!(room > 0)) throw new MaxLengthError(maxLength, special, "the special tokens");
    return room;
  }

  count(
    text: string,
    pair?: string,
    { addSpecialTokens = true }: Pick<EncodeOptions, "addSpecialTokens"> = {},
  ): number {
    if (pair === undefined) {
      return this.vocabulary.ids(text).length + (addSpecialTokens ? this.specialTokens.single : 0);
    }
    return this.vocabulary.ids(text).length + this.vocabulary.ids(pair).length + this.specialTokens.pair;
  }

  tokenId(token: string): number | undefined {
    return this.vocabulary.tokenId(token);
  }

  /** Ids of a text, or at least `enough` of them on the side that is kept. */
  private *ids(text: string, enough: number, side: Side): Steps<readonly number[]> {
    const from = side === "right" ? "start" : "end";
    if (text.length > SHORT) return yield* this.vocabulary.idsInSteps(text, { enough, from });
    return this.vocabulary.ids(text, from === "start" ? enough : undefined);
  }

  /**
   * Lengths that truncation compares. The whole lengths matter only if the room is odd and each text alone overflows it: then
   * the longer text gets one token more.
   */
  private *comparedLengths(
    text: string,
    pair: string,
    lengthA: number,
    lengthB: number,
    room: number,
  ): Steps<readonly [lengthA: number, lengthB: number]> {
    if (room % 2 === 0 || lengthA <= room || lengthB <= room) return [lengthA, lengthB];
    const all = Number.POSITIVE_INFINITY;
    const side = this.truncationSide;
    return [(yield* this.ids(text, all, side)).length, (yield* this.ids(pair, all, side)).length];
  }

  private sideOf({ truncationSide = this.truncationSide }: EncodeOptions): Side {
    return truncationSide;
  }
}

function cutIds(ids: readonly number[], kept: number, side: Side): readonly number[] {
  if (kept === ids.length) return ids;
  return side === "right" ? ids.slice(0, kept) : ids.slice(ids.length - kept);
}
