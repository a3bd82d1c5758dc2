import type { ModelJson } from "../json/model-json.js";
import { runSteps } from "../steps/run-steps.js";
import type { Steps } from "../steps/steps.js";
import type { LocatedId } from "./located-id.js";
import type { Model, ModelKind } from "./model.js";

/** The fields of a WordPiece model in tokenizer.json. */
interface WordPieceJson extends ModelJson {
  readonly vocab: Readonly<Record<string, number>>;
  readonly unk_token: string;
  /** @default "##" */
  readonly continuing_subword_prefix?: string;
  /** Longer words become one unknown token. @default 100 */
  readonly max_input_chars_per_word?: number;
}

/** Pieces looked up between two pauses. */
const STEP = 256;

/** BERT's model: the longest pieces of the vocabulary, from the left. */
export const wordPiece: ModelKind = {
  type: "WordPiece",
  create(json) {
    // Files that name no type and no prefix have a plain list of words.
    const isNamed = json.type !== undefined || "continuing_subword_prefix" in json;
    return isNamed ? WordPieceModel.of(json) : undefined;
  },
};

/** Splits words into the longest pieces of a vocabulary, from the left (WordPiece as in `tokenizers`). */
export class WordPieceModel implements Model {
  private readonly ids: ReadonlyMap<string, number>;
  /** Pieces that continue a word, without their prefix. */
  private readonly continuing: ReadonlyMap<string, number>;
  private readonly longestPiece: number;
  private readonly maxWordLength: number;
  private readonly unknownId: number;

  private constructor(json: WordPieceJson) {
    const prefix = json.continuing_subword_prefix ?? "##";
    const ids = new Map<string, number>();
    const continuing = new Map<string, number>();
    let longest = 0;
    for (const token in json.vocab) {
      const id = json.vocab[token]!;
      ids.set(token, id);
      if (token.startsWith(prefix)) continuing.set(token.slice(prefix.length), id);
      if (token.length > longest) longest = token.length;
    }
    this.ids = ids;
    this.continuing = continuing;
    this.longestPiece = longest;
    this.maxWordLength = json.max_input_chars_per_word ?? 100;
    this.unknownId = this.ids.get(json.unk_token) ?? 0;
  }

  /** @returns undefined if the vocabulary is a list or has no unknown token */
  static of(json: ModelJson): WordPieceModel | undefined {
    if (Array.isArray(json.vocab) || typeof json.unk_token !== "string") return undefined;
    return new WordPieceModel(json as WordPieceJson);
  }

  /** Number of the vocabulary's tokens. */
  get size(): number {
    return this.ids.size;
  }

  tokenId(token: string): number | undefined {
    return this.ids.get(token);
  }

  encode(word: string): readonly number[] {
    const out: number[] = [];
    this.append(word, out);
    return out;
  }

  *encodeInSteps(word: string): Steps<readonly number[]> {
    const out: number[] = [];
    yield* this.appendInSteps(word, out);
    return out;
  }

  *locateInSteps(word: string): Steps<readonly LocatedId[]> {
    const ids: number[] = [];
    const ends: number[] = [];
    yield* this.appendInSteps(word, ids, ends);
    return ids.map((id, i) => ({ id, start: ends[i - 1] ?? 0, end: ends[i] ?? word.length }));
  }

  /** Appends the ids of one normalized word without white space in it; one unknown piece makes the whole word unknown. */
  append(word: string, out: number[]): void {
    const whole = this.ids.get(word);
    if (whole !== undefined && !this.isTooLong(word)) out.push(whole);
    else runSteps(this.appendInSteps(word, out));
  }

  /**
   * {@link append} for a long word.
   * @param ends receives the end of each piece; it stays empty for an unknown word
   */
  *appendInSteps(word: string, out: number[], ends?: number[]): Steps<void> {
    const before = out.length;
    let start = this.isTooLong(word) ? word.length : 0;
    let isKnown = start === 0;
    for (let tried = 0; isKnown && start < word.length; ) {
      const pieces = start === 0 ? this.ids : this.continuing;
      let end = Math.min(word.length, start + this.longestPiece);
      let id = pieces.get(word.slice(start, end));
      for (; id === undefined && end > start + 1; tried++) {
        if (tried % STEP === STEP - 1) yield;
        id = pieces.get(word.slice(start, --end));
      }
      if (id === undefined) isKnown = false;
      else out.push(id);
      ends?.push(end);
      start = end;
    }
    if (isKnown) return;
    out.length = before;
    out.push(this.unknownId);
    if (ends) ends.length = 0;
  }

  private isTooLong(word: string): boolean {
    if (word.length <= this.maxWordLength) return false;
    if (word.length > 2 * this.maxWordLength) return true;
    let characters = 0;
    for (const _ of word) characters++;
    return characters > this.maxWordLength;
  }
}
