import type { ModelJson } from "../json/model-json.js";
import { runSteps } from "../steps/run-steps.js";
import type { Steps } from "../steps/steps.js";
import { firstTokens, type SpelledTokens } from "./bpe/first-tokens.js";
import { FEW_SYMBOLS, mergeFewSymbols } from "./bpe/merge-few-symbols.js";
import { mergeSymbols } from "./bpe/merge-symbols.js";
import { PairTable } from "./bpe/pair-table.js";
import { byteTokenIds } from "./byte-token-ids.js";
import type { LocatedId } from "./located-id.js";
import type { Model } from "./model.js";

/** The fields of a BPE model in tokenizer.json. `dropout` is for training: loading throws if it is set. */
export interface BpeJson extends ModelJson {
  readonly vocab: Readonly<Record<string, number>>;
  /** "left right" or [left, right]; earlier pairs merge first. */
  readonly merges: readonly (string | readonly [left: string, right: string])[];
  readonly unk_token?: string | null;
  /** Put before every symbol that does not start a word. */
  readonly continuing_subword_prefix?: string | null;
  /** Put after the symbol that ends a word. */
  readonly end_of_word_suffix?: string | null;
  /** Whether unknown characters in a row make one token. @default false */
  readonly fuse_unk?: boolean;
  /** Whether unknown characters become tokens of their bytes ("<0x0A>"). @default false */
  readonly byte_fallback?: boolean;
  /** Whether a word of the vocabulary becomes its token without merging. @default false */
  readonly ignore_merges?: boolean;
}

/** Symbols between two pauses. */
const STEP = 512;

/** If a word has more units than this per id needed, only its first ids are computed. */
const FEW = 8;

/** Entry of `unitIds` that has not been looked up yet. */
const UNSEEN = -2;
const UNKNOWN = -1;

/** Byte-pair encoding, merge for merge as in `tokenizers` (models/bpe/model.rs). */
export class BpeModel implements Model {
  private readonly ids: ReadonlyMap<string, number>;
  private readonly table: PairTable;
  private readonly prefix: string;
  private readonly suffix: string;
  private readonly unknownId: number | undefined;
  private readonly fusesUnknown: boolean;
  private readonly ignoresMerges: boolean;
  /** [256] ids of the bytes' tokens; undefined without byte fallback. */
  private readonly byteIds: readonly (number | undefined)[] | undefined;
  /** Ids of symbols in the middle of a word, by UTF-16 code unit. */
  private readonly unitIds = new Int32Array(0x10000).fill(UNSEEN);
  /** Made when first needed. */
  private lengths: readonly number[] | undefined;
  /** Lengths of the tokens' spellings, by id. Made when first needed. */
  private spelledLengths: ReadonlyMap<number, number> | undefined;
  /** Symbols of a short word; grown when one needs more. */
  private symbols = new Int32Array(256);

  private constructor(json: BpeJson) {
    const ids = new Map(Object.entries(json.vocab));
    this.ids = ids;
    this.prefix = json.continuing_subword_prefix ?? "";
    this.suffix = json.end_of_word_suffix ?? "";
    this.unknownId = json.unk_token == null ? undefined : ids.get(json.unk_token);
    this.fusesUnknown = json.fuse_unk === true;
    this.ignoresMerges = json.ignore_merges === true;
    this.byteIds = json.byte_fallback === true ? byteTokenIds((token) => ids.get(token)) : undefined;
    this.table = new PairTable(json.merges.length);
    for (const [rank, merge] of json.merges.entries()) {
      const [left, right] = typeof merge === "string" ? merge.split(" ", 2) : merge;
      const leftId = ids.get(left ?? "");
      const rightId = ids.get(right ?? "");
      const mergedId = ids.get(`${left}${right?.slice(this.prefix.length)}`);
      // `tokenizers` does not load such a file. Here only the merge is skipped.
      if (leftId === undefined || rightId === undefined || mergedId === undefined) continue;
      this.table.set(leftId, rightId, rank, mergedId);
    }
  }

  /** @returns undefined if `vocab` is not an object of ids or `merges` is not a list */
  static of(json: ModelJson): BpeModel | undefined {
    const { vocab, merges } = json;
    if (typeof vocab !== "object" || vocab === null || Array.isArray(vocab)) return undefined;
    if (!Array.isArray(merges) || !Object.values(vocab).every(isId)) return undefined;
    return new BpeModel(json as BpeJson);
  }

  tokenId(token: string): number | undefined {
    return this.ids.get(token);
  }

  encode(word: string): readonly number[] {
    if (word === "") return [];
    const whole = this.ignoresMerges ? this.ids.get(word) : undefined;
    if (whole !== undefined) return [whole];
    const room = this.symbolRoom(word);
    if (this.symbols.length < room) this.symbols = new Int32Array(2 * room);
    const { symbols } = this;
    const count = runSteps(this.writeSymbols(word, symbols));
    // With a prefix, different pairs may make the same token. Only the queue then merges in the order of `tokenizers`.
    const left =
      count <= FEW_SYMBOLS && this.prefix === ""
        ? mergeFewSymbols(symbols, count, this.table)
        : runSteps(mergeSymbols(symbols, count, this.table));
    const out = new Array<number>(left);
    for (let at = 0; at < left; at++) out[at] = symbols[at]!;
    return out;
  }

  *encodeInSteps(word: string, enough: number): Steps<readonly number[]> {
    const whole = this.ignoresMerges ? this.ids.get(word) : undefined;
    if (whole !== undefined) return [whole];
    if (enough * FEW < word.length && this.prefix === "" && this.suffix === "") {
      const first = yield* firstTokens(word, enough, this.spelledTokens());
      if (first) return first;
    }
    const symbols = new Int32Array(this.symbolRoom(word));
    const count = yield* this.writeSymbols(word, symbols);
    const left = yield* mergeSymbols(symbols, count, this.table);
    const out: number[] = [];
    for (let at = 0; at < left; at++) {
      if (at % STEP === STEP - 1) yield;
      out.push(symbols[at]!);
    }
    return out;
  }

  *locateInSteps(word: string, enough: number): Steps<readonly LocatedId[]> {
    const ids = yield* this.encodeInSteps(word, enough);
    if (this.ignoresMerges && this.ids.get(word) === ids[0]) {
      return [{ id: ids[0]!, start: 0, end: word.length }];
    }
    const places: LocatedId[] = [];
    let start = 0;
    for (let i = 0; i < ids.length; ) {
      if (i % STEP === STEP - 1) yield;
      const id = ids[i]!;
      const rest = this.unspelledAt(word, start);
      if (rest === undefined) {
        const end = this.spelledEnd(word, start, id);
        places.push({ id, start, end });
        start = end;
        i++;
        continue;
      }
      for (let byte = 0; byte < rest.ids && i < ids.length; byte++) {
        places.push({ id: ids[i++]!, start, end: rest.end });
      }
      start = rest.end;
    }
    return places;
  }

  /** End of a token that starts at a place and is spelled like its part of the word. */
  private spelledEnd(word: string, start: number, id: number): number {
    this.spelledLengths ??= new Map(Array.from(this.ids, ([token, known]) => [known, token.length]));
    const length = (this.spelledLengths.get(id) ?? 0) - (start > 0 ? this.prefix.length : 0);
    const isLast = start + length - this.suffix.length >= word.length;
    return Math.min(word.length, start + length - (isLast ? this.suffix.length : 0));
  }

  /**
   * How an unknown character at a place is encoded: as its bytes, or as an unknown token, which may cover unknown characters after it, too. Undefined if the
   * character is known.
   */
  private unspelledAt(
    word: string,
    start: number,
  ): { readonly ids: number; readonly end: number } | undefined {
    const bounds = (at: number) =>
      at + (isHighSurrogate(word.charCodeAt(at)) && at + 1 < word.length ? 2 : 1);
    let end = bounds(start);
    if (this.symbolId(word, start, end) >= 0) return undefined;
    const bytes = this.bytesOf(word, start, end);
    if (bytes) return { ids: bytes.length, end };
    while (this.fusesUnknown && end < word.length) {
      const next = bounds(end);
      if (this.symbolId(word, end, next) >= 0 || this.bytesOf(word, end, next)) break;
      end = next;
    }
    return { ids: this.unknownId === undefined ? 0 : 1, end };
  }

  private spelledTokens(): SpelledTokens {
    this.lengths ??= [...new Set(Array.from(this.ids.keys(), ({ length }) => length))]
      .filter((length) => length > 0)
      .sort((a, b) => b - a);
    const { ids, lengths, table } = this;
    return { ids, lengths, table, unitId: (unit) => this.unitId(unit) };
  }

  /** Maximum symbols of a word: its characters, or its bytes. */
  private symbolRoom(word: string): number {
    if (!this.byteIds) return word.length + 1;
    // Prefix and suffix fall back to bytes with their character.
    return 3 * (word.length * (1 + this.prefix.length) + this.suffix.length) + 1;
  }

  /** Writes the symbols of a word before merging. @returns their number */
  private *writeSymbols(word: string, symbols: Int32Array): Steps<number> {
    const { length } = word;
    let count = 0;
    /** Whether an unknown token is still to be written. As in `tokenizers`, it comes after the bytes of the characters that follow. */
    let pending = false;
    for (let at = 0, steps = 1; at < length; steps++) {
      if (steps % STEP === 0) yield;
      const end = at + (isHighSurrogate(word.charCodeAt(at)) && at + 1 < length ? 2 : 1);
      const isInner = at > 0 && end < length;
      const id = isInner && end === at + 1 ? this.unitId(word.charCodeAt(at)) : this.symbolId(word, at, end);
      if (id >= 0) {
        if (pending) symbols[count++] = this.unknownId!;
        pending = false;
        symbols[count++] = id;
      } else {
        const bytes = this.bytesOf(word, at, end);
        if (bytes) for (const byte of bytes) symbols[count++] = byte;
        else if (this.unknownId !== undefined) {
          if (pending && !this.fusesUnknown) symbols[count++] = this.unknownId;
          pending = true;
        }
      }
      at = end;
    }
    if (pending) symbols[count++] = this.unknownId!;
    return count;
  }

  private unitId(unit: number): number {
    let id = this.unitIds[unit]!;
    if (id === UNSEEN) {
      id = this.ids.get(this.prefix + String.fromCharCode(unit)) ?? UNKNOWN;
      this.unitIds[unit] = id;
    }
    return id;
  }

  private symbolId(word: string, at: number, end: number): number {
    return this.ids.get(this.spelling(word, at, end)) ?? UNKNOWN;
  }

  private spelling(word: string, at: number, end: number): string {
    const prefix = at > 0 ? this.prefix : "";
    const suffix = end === word.length ? this.suffix : "";
    return prefix + word.slice(at, end) + suffix;
  }

  /** The tokens of a character's bytes, if all of them have one. */
  private bytesOf(word: string, at: number, end: number): readonly number[] | undefined {
    if (!this.byteIds) return undefined;
    const ids: number[] = [];
    for (const byte of Buffer.from(this.spelling(word, at, end), "utf8")) {
      const id = this.byteIds[byte];
      if (id === undefined) return undefined;
      ids.push(id);
    }
    return ids;
  }
}

function isId(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value < 2 ** 31 - 1;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}
