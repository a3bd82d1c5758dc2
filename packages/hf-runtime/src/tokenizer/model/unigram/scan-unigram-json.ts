import { workSlices } from "@secondpass/core";
import type { TokenizerJson } from "../../json/tokenizer-json.js";
import type { UnigramVocabulary } from "./build-unigram-tables.js";

/** A tokenizer.json with an empty `vocab`, and the vocabulary, read separately. */
export interface ScannedTokenizer {
  readonly json: TokenizerJson;
  readonly vocabulary: UnigramVocabulary;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE = 0x5d;

/**
 * Reads a Unigram tokenizer.json without making a JavaScript array and string of each of its pieces (250,000 of them in
 * XLM-R): the vocabulary is copied from the file's bytes, in slices, and the rest goes through JSON.parse.
 * @returns undefined if the file is not written as expected; JSON.parse can still read it
 */
export async function scanUnigramJson(file: Buffer): Promise<ScannedTokenizer | undefined> {
  const key = file.indexOf('"vocab"');
  if (key < 0) return undefined;
  const scanner = new Scanner(file, key + '"vocab"'.length);
  if (!scanner.skip(COLON)) return undefined;
  const start = scanner.position;
  const vocabulary = await scanner.readVocabulary();
  if (!vocabulary) return undefined;
  const shell = Buffer.concat([file.subarray(0, start), Buffer.from("[]"), file.subarray(scanner.position)]);
  try {
    const json = JSON.parse(shell.toString("utf8")) as TokenizerJson;
    // Otherwise the scanned "vocab" is not the model's.
    return Array.isArray(json.model.vocab) && json.model.vocab.length === 0
      ? { json, vocabulary }
      : undefined;
  } catch {
    return undefined;
  }
}

/** Pieces between two checks of the clock: under a microsecond each. */
const PIECES_PER_CHECK = 1024;

/** Reads `[["piece", score], …]` from bytes, step by step. */
class Scanner {
  private readonly bytes: Uint8Array;
  private readonly offsets: number[] = [0];
  private readonly scores: number[] = [];
  private written = 0;

  constructor(
    private readonly file: Buffer,
    public position: number,
  ) {
    // Escapes are longer than the characters they mean, so the pieces take less than the file.
    this.bytes = new Uint8Array(file.length - position);
  }

  async readVocabulary(): Promise<UnigramVocabulary | undefined> {
    const slices = workSlices();
    if (!this.skip(OPEN)) return undefined;
    do {
      if (this.scores.length % PIECES_PER_CHECK === 0 && slices.due()) await slices.pause();
      if (!this.readPiece()) return undefined;
    } while (this.skip(COMMA));
    if (!this.skip(CLOSE)) return undefined;
    return {
      keys: { bytes: this.bytes.slice(0, this.written), offsets: Uint32Array.from(this.offsets) },
      scores: Float64Array.from(this.scores),
    };
  }

  /** Moves past a character and the white space in front of it, if the character is there. */
  skip(character: number): boolean {
    const { file } = this;
    let { position } = this;
    while (isSpace(file[position]!)) position++;
    if (file[position] !== character) return false;
    this.position = position + 1;
    return true;
  }

  private readPiece(): boolean {
    if (!this.skip(OPEN) || !this.skip(QUOTE)) return false;
    const start = this.position;
    let escaped = false;
    let end = start;
    for (; this.file[end] !== QUOTE; end++) {
      if (end >= this.file.length) return false;
      if (this.file[end] === BACKSLASH) {
        escaped = true;
        end++;
      }
    }
    this.position = end + 1;
    if (escaped) this.writeEscaped(start - 1, end + 1);
    else for (let at = start; at < end; at++) this.bytes[this.written++] = this.file[at]!;
    this.offsets.push(this.written);
    return this.skip(COMMA) && this.readScore() && this.skip(CLOSE);
  }

  private writeEscaped(start: number, end: number): void {
    const piece = Buffer.from(JSON.parse(this.file.toString("utf8", start, end)) as string);
    this.bytes.set(piece, this.written);
    this.written += piece.length;
  }

  private readScore(): boolean {
    let end = this.position;
    while (end < this.file.length && this.file[end] !== CLOSE) end++;
    const score = Number(this.file.toString("latin1", this.position, end));
    this.position = end;
    this.scores.push(score);
    return !Number.isNaN(score);
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
