import { AlignedText } from "../alignment/aligned-text.js";
import type { AddedTokenJson } from "../json/added-token-json.js";
import { alignNormalized } from "../normalizer/align-normalized.js";
import { cuts } from "../normalizer/cuts.js";
import { normalizeInSteps } from "../normalizer/normalize-in-steps.js";
import { type LocatedIds, locateSection, pushLocated } from "../pipeline/locate-section.js";
import type { Pipeline } from "../pipeline/pipeline.js";
import { runSteps } from "../steps/run-steps.js";
import type { Steps } from "../steps/steps.js";
import { wordLetterUnits } from "../unicode/word-letter-units.js";
import { AddedTokenSplitter } from "./added-token-splitter.js";

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** UTF-16 units that are searched for lone surrogates at a time. */
const STEP = 65_536;

/** Length of the parts of a long text, in UTF-16 units, if it can be cut there. A text of at most this length is encoded in one step. */
const PART = 2048;

/** Longest added token, in UTF-16 units, with which texts are cut: a longer one might be near any cut. */
const MAX_TOKEN_LENGTH = 1000;

/** UTF-16 units after a part that are searched for a cut. */
const SEARCHED = 65_536;

/** Spaces near which added tokens are searched for before a cut is given up: this takes much longer than a check for letters. */
const MAX_TRIES = 32;

/** Which ids of a text are needed. */
export interface IdsOptions {
  /** Once there are this many ids, the rest of the text need not be read. @default Infinity */
  readonly enough?: number;
  /** End of the text whose ids are needed. @default "start" */
  readonly from?: "start" | "end";
}

/**
 * The added vocabulary of a tokenizer.json. Splits a text at its added tokens and encodes the sections between them
 * with the pipeline. Tokens that match the original text are found first, then those that match the normalized
 * sections.
 */
export class AddedVocabulary {
  private readonly plain: AddedTokenSplitter;
  private readonly normalized: AddedTokenSplitter;
  private readonly addedIds: ReadonlyMap<string, number>;
  private readonly isCuttable: boolean;

  /** @param splitsSpecial whether special tokens that are written in a text are encoded as ordinary text */
  constructor(
    private readonly pipeline: Pipeline,
    added: readonly AddedTokenJson[],
    splitsSpecial = false,
  ) {
    // A token of the model's vocabulary keeps its id there, even if the list of added tokens has another.
    const tokens = added.map((token) => ({
      ...token,
      id: pipeline.model.tokenId(token.content) ?? token.id,
    }));
    const isNormalized = (token: AddedTokenJson) => token.normalized ?? !token.special;
    this.plain = new AddedTokenSplitter(
      tokens.filter((token) => !isNormalized(token)),
      undefined,
      splitsSpecial,
    );
    this.normalized = new AddedTokenSplitter(
      tokens.filter(isNormalized),
      (content) => pipeline.normalize(content),
      splitsSpecial,
    );
    this.addedIds = new Map(tokens.map(({ content, id }) => [content, id]));
    this.isCuttable =
      pipeline.splitsWords && Math.max(this.plain.longest, this.normalized.longest) <= MAX_TOKEN_LENGTH;
  }

  /**
   * Ids of a text, without the special tokens of the post-processor. Special tokens written out in the text ("[SEP]") become
   * their ids, as in Python.
   * @param enough once there are this many ids, the rest of the text need not be read. @default Infinity
   */
  ids(text: string, enough: number = Number.POSITIVE_INFINITY): readonly number[] {
    if (text.length > PART) return runSteps(this.idsInSteps(text, { enough }));
    const out: number[] = [];
    this.encodePart(wellFormed(text), true, out, enough);
    return out;
  }

  /** {@link ids} of a long text, in steps. It is cut into parts that give the same ids as the whole. */
  *idsInSteps(
    text: string,
    { enough = Number.POSITIVE_INFINITY, from = "start" }: IdsOptions = {},
  ): Steps<readonly number[]> {
    if (from === "end") return yield* this.idsFromEnd(text, enough);
    const out: number[] = [];
    for (let start = 0; start < text.length && out.length < enough; ) {
      const end = this.cutAfter(text, start);
      yield* this.encodePartInSteps(text.slice(start, end), start === 0, out, enough);
      yield;
      start = end;
    }
    return out;
  }

  /** {@link idsInSteps} from the start, and the place of each token in the text. */
  *locateInSteps(text: string, enough: number): Steps<LocatedIds> {
    const out: LocatedIds = { ids: [], starts: [], ends: [], leading: [], trailing: [] };
    for (let start = 0; start < text.length && out.ids.length < enough; ) {
      const end = this.cutAfter(text, start);
      const part = yield* wellFormedInSteps(text.slice(start, end));
      yield* this.locatePart(AlignedText.of(part, start), start === 0, out, enough);
      yield;
      start = end;
    }
    return out;
  }

  private *locatePart(part: AlignedText, isStart: boolean, out: LocatedIds, enough: number): Steps<void> {
    let isFirst = isStart;
    for (const place of this.plain.placeInSteps(part.text)) {
      if (place === undefined) {
        yield;
        continue;
      }
      if (out.ids.length >= enough) return;
      const { start, end, id } = place;
      const section = part.slice(start, end);
      if (id !== undefined) pushLocated(out, id, section, 0, section.text.length);
      else if (this.normalized.isEmpty) {
        const options = { isStart: isFirst, isNormalized: false, enough };
        yield* locateSection(this.pipeline, section, out, options);
      } else yield* this.locateNormalized(section, out, isFirst, enough);
      isFirst = false;
    }
  }

  private *locateNormalized(
    section: AlignedText,
    out: LocatedIds,
    isStart: boolean,
    enough: number,
  ): Steps<void> {
    const text = yield* alignNormalized(this.pipeline.normalize, section);
    let isFirst = isStart;
    for (const place of this.normalized.placeInSteps(text.text)) {
      if (place === undefined) {
        yield;
        continue;
      }
      if (out.ids.length >= enough) return;
      const { start, end, id } = place;
      const inner = text.slice(start, end);
      const options = { isStart: isFirst, isNormalized: true, enough };
      if (id !== undefined) pushLocated(out, id, inner, 0, inner.text.length);
      else yield* locateSection(this.pipeline, inner, out, options);
      isFirst = false;
    }
  }

  /** Id of a token by its exact spelling, added or in the model's vocabulary. */
  tokenId(token: string): number | undefined {
    return this.addedIds.get(token) ?? this.pipeline.model.tokenId(token);
  }

  /** Spelling of an added token; undefined if none has the id. */
  addedToken(id: number): string | undefined {
    for (const [content, added] of this.addedIds) if (added === id) return content;
    return undefined;
  }

  /** The last ids of a text: `enough` of them or more. */
  private *idsFromEnd(text: string, enough: number): Steps<readonly number[]> {
    const parts: (readonly number[])[] = [];
    for (let end = text.length, found = 0; end > 0 && found < enough; ) {
      const start = this.cutBefore(text, end);
      const ids: number[] = [];
      yield* this.encodePartInSteps(text.slice(start, end), start === 0, ids, Number.POSITIVE_INFINITY);
      yield;
      parts.push(ids);
      found += ids.length;
      end = start;
    }
    return parts.reverse().flat();
  }

  /** End of the part that starts at a place; the end of the text if no cut is near. */
  private cutAfter(text: string, start: number): number {
    const { length } = text;
    if (!this.isCuttable || length - start <= PART) return length;
    const middle = start + PART / 2;
    const limit = start + PART;
    return (
      this.findCut(text, limit, middle, -1) ?? this.findCut(text, limit + 1, limit + SEARCHED, 1) ?? length
    );
  }

  /** Start of the part that ends at a place; the start of the text if no cut is near. */
  private cutBefore(text: string, end: number): number {
    if (!this.isCuttable || end <= PART) return 0;
    const middle = end - PART / 2;
    const limit = end - PART;
    return this.findCut(text, limit, middle, 1) ?? this.findCut(text, limit - 1, limit - SEARCHED, -1) ?? 0;
  }

  /** The first cut from a place on to another. */
  private findCut(text: string, from: number, to: number, direction: 1 | -1): number | undefined {
    let tries = 0;
    for (let at = from; at !== to && at > 0 && at < text.length && tries < MAX_TRIES; at += direction) {
      if (!isBetweenWords(text, at)) continue;
      if (this.canCut(text, at)) return at;
      tries++;
    }
    return undefined;
  }

  /** Whether no added token is near a place between two words. */
  private canCut(text: string, at: number): boolean {
    const aside = Math.max(this.plain.longest, 2 * this.normalized.longest + 64);
    const before = wellFormed(text.slice(Math.max(0, at - aside), at));
    const after = wellFormed(text.slice(at, at + aside));
    if (this.plain.isNear(before + after, before.length)) return false;
    if (this.normalized.isEmpty) return true;
    const { longest } = this.normalized;
    const left = this.pipeline.normalize(before);
    const right = this.pipeline.normalize(after);
    // Normalization may have removed so much that a token reaches beyond the searched text.
    if (left.length < longest && at > aside) return false;
    if (right.length < longest && at + aside < text.length) return false;
    return !this.normalized.isNear(left + right, left.length);
  }

  private encodePart(part: string, isStart: boolean, out: number[], enough: number): void {
    let isFirst = isStart && (this.pipeline.keepsStart?.(part) ?? true);
    for (const section of this.plain.split(part)) {
      if (out.length >= enough) return;
      if (typeof section === "number") out.push(section);
      else this.encodeSection(section, out, isFirst, enough);
      isFirst = false;
    }
  }

  private encodeSection(section: string, out: number[], isStart: boolean, enough: number): void {
    if (this.normalized.isEmpty) {
      this.pipeline.encode(section, out, { isStart, isNormalized: false, enough });
      return;
    }
    let isFirst = isStart;
    for (const inner of this.normalized.split(this.pipeline.normalize(section))) {
      if (out.length >= enough) return;
      if (typeof inner === "number") out.push(inner);
      else this.pipeline.encode(inner, out, { isStart: isFirst, isNormalized: true, enough });
      isFirst = false;
    }
  }

  /** @param part may have lone surrogates */
  private *encodePartInSteps(part: string, isStart: boolean, out: number[], enough: number): Steps<void> {
    if (part.length <= PART) return this.encodePart(wellFormed(part), isStart, out, enough);
    let isFirst = isStart && (this.pipeline.keepsStart?.(part) ?? true);
    for (const section of this.plain.splitInSteps(yield* wellFormedInSteps(part))) {
      if (section === undefined) {
        yield;
        continue;
      }
      if (out.length >= enough) return;
      if (typeof section === "number") out.push(section);
      else yield* this.encodeSectionInSteps(section, out, isFirst, enough);
      isFirst = false;
      yield;
    }
  }

  private *encodeSectionInSteps(
    section: string,
    out: number[],
    isStart: boolean,
    enough: number,
  ): Steps<void> {
    if (section.length <= PART) return this.encodeSection(section, out, isStart, enough);
    if (this.normalized.isEmpty) {
      return yield* this.pipeline.encodeInSteps(section, out, { isStart, isNormalized: false, enough });
    }
    let isFirst = isStart;
    const normalized = yield* normalizeInSteps(this.pipeline.normalize, section);
    for (const inner of this.normalized.splitInSteps(normalized)) {
      if (inner === undefined) {
        yield;
        continue;
      }
      if (out.length >= enough) return;
      const options = { isStart: isFirst, isNormalized: true, enough };
      if (typeof inner === "number") out.push(inner);
      else if (inner.length <= PART) this.pipeline.encode(inner, out, options);
      else yield* this.pipeline.encodeInSteps(inner, out, options);
      isFirst = false;
      yield;
    }
  }
}

/** Whether a place is between a letter and a space that another letter follows. */
function isBetweenWords(text: string, at: number): boolean {
  if (text.charCodeAt(at) !== 0x20) return false;
  const letters = wordLetterUnits();
  return letters[text.charCodeAt(at - 1)] === 1 && letters[text.charCodeAt(at + 1)] === 1;
}

/** Replaces lone surrogates, which are not characters, by U+FFFD. Python's `tokenizers` does not accept them at all. */
function wellFormed(text: string): string {
  return text.replace(LONE_SURROGATE, "\uFFFD");
}

function* wellFormedInSteps(text: string): Steps<string> {
  let result = "";
  for (let start = 0; start < text.length; ) {
    let end = Math.min(text.length, start + STEP);
    if (!cuts.betweenCharacters(text, end)) end--;
    result += wellFormed(text.slice(start, end));
    yield;
    start = end;
  }
  return result;
}
