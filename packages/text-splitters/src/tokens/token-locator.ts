import type { LocatedChunk } from "../chunks/located-chunk.js";
import type { ResolvedEncoder } from "./resolve-tokenizer.js";
import { type WordTokens, wordTokens } from "./word-tokens.js";

/** Farthest that a chunk may start behind the place its tokens begin: a character of two UTF-16 units that was cut, or a space. */
const GAP = 2;

/** What decoding makes of a character that was cut, and of half a surrogate pair in the text. */
const REPLACEMENT = "\ufffd";

/** A range of the text. */
interface Range {
  readonly start: number;
  readonly end: number;
  /** Whether the range ends where the tokens end, not before a character that was cut. */
  readonly whole: boolean;
}

/**
 * Finds decoded chunks in the text that the tokens are of. Tokens carry no positions, so: where decoding gives the text back
 * (byte-level tokenizers), by walking along; where it does not (lower-casing tokenizers), by the words that the tokens belong to.
 */
export class TokenLocator {
  /** A token that begins a character, and its position in the text. */
  #anchor = { token: 0, position: 0 };
  #lossy = false;
  #words: WordTokens | undefined;
  /** The text as UTF-8 has it: a surrogate without its partner is U+FFFD. Its positions are those of the text. */
  readonly #wellFormed: string;

  constructor(
    private readonly text: string,
    private readonly ids: readonly number[],
    private readonly encoder: ResolvedEncoder,
  ) {
    this.#wellFormed = text.replace(/[\ud800-\udfff]/gu, REPLACEMENT);
  }

  /** Locates what the tokens [from, to) were decoded to; `from` must not go back from call to call. */
  async locate(decoded: string, from: number, to: number): Promise<LocatedChunk> {
    if (!this.#lossy) {
      const position = await this.#walkTo(from);
      const range = position === undefined ? undefined : this.#find(decoded, position);
      if (range !== undefined) {
        const { start, end } = range;
        return { text: decoded, start, end, exact: this.text.startsWith(decoded, start) };
      }
      this.#lossy = true;
    }
    return this.#locateByWords(decoded, from, to);
  }

  /** Position of a token, or of the character it is a part of; undefined if decoding does not give the text back. */
  async #walkTo(token: number): Promise<number | undefined> {
    const { token: anchorToken, position } = this.#anchor;
    if (token === anchorToken) return position;
    const passed = await this.encoder.decode(this.ids.slice(anchorToken, token));
    const range = this.#find(passed, position);
    if (range?.whole) this.#anchor = { token, position: range.end };
    return range?.end;
  }

  /**
   * The range that reads as `decoded`, apart from what was replaced, and starts at `position` or right behind it. A part that was replaced may
   * be of another length in the text: some tokenizers make three U+FFFD of half a surrogate pair.
   */
  #find(decoded: string, position: number): Range | undefined {
    if (this.#wellFormed.startsWith(decoded, position)) {
      return { start: position, end: position + decoded.length, whole: true };
    }
    let start: number | undefined;
    let end = position;
    let gap = GAP;
    let whole = true;
    for (const part of decoded.split(REPLACEMENT)) {
      whole = part !== "";
      if (whole) {
        const found = this.#wellFormed.slice(end, end + gap + part.length).indexOf(part);
        if (found === -1) return undefined;
        start ??= end + found;
        end += found + part.length;
        gap = 0;
      }
      gap += GAP;
    }
    return { start: start ?? end, end, whole };
  }

  async #locateByWords(decoded: string, from: number, to: number): Promise<LocatedChunk> {
    this.#words ??= await wordTokens(this.text, this.ids, this.encoder);
    const start = this.#words.startOf(from);
    const exact = this.text.startsWith(decoded, start);
    return { text: decoded, start, end: exact ? start + decoded.length : this.#words.endOf(to - 1), exact };
  }
}
