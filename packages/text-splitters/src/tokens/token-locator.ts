import type { LocatedChunk } from "../chunks/located-chunk.js";
import type { ResolvedEncoder } from "./resolve-tokenizer.js";
import { type WordTokens, wordTokens } from "./word-tokens.js";

/** Farthest that a chunk may start behind the place its tokens begin: a character of two UTF-16 units that was cut, or a space. */
const GAP = 2;

/** What decoding makes of the halves of a character that a cut between tokens has parted. */
const HALVES = /^\ufffd+|\ufffd+$/g;

/**
 * Finds decoded chunks in the text that the tokens are of. Tokens carry no positions, so: where decoding gives the text back
 * (byte-level tokenizers), by walking along; where it does not (lower-casing tokenizers), by the words that the tokens belong to.
 */
export class TokenLocator {
  /** A token that begins a character, and its position in the text. */
  #anchor = { token: 0, position: 0 };
  #lossy = false;
  #words: WordTokens | undefined;

  constructor(
    private readonly text: string,
    private readonly ids: readonly number[],
    private readonly encoder: ResolvedEncoder,
  ) {}

  /** Locates what the tokens [from, to) were decoded to; `from` must not go back from call to call. */
  async locate(decoded: string, from: number, to: number): Promise<LocatedChunk> {
    if (!this.#lossy) {
      const position = await this.#walkTo(from);
      const range = position === undefined ? undefined : this.#find(decoded, position);
      if (range !== undefined) return { text: decoded, ...range };
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
    if (range?.exact) this.#anchor = { token, position: range.end };
    return range?.end;
  }

  /** The range that reads as `decoded`, apart from halves of characters, and starts at `position` or right behind it. */
  #find(decoded: string, position: number): { start: number; end: number; exact: boolean } | undefined {
    if (this.text.startsWith(decoded, position)) {
      return { start: position, end: position + decoded.length, exact: true };
    }
    const whole = decoded.replace(HALVES, "");
    const found = this.text.slice(position, position + GAP + whole.length).indexOf(whole);
    if (found === -1) return undefined;
    const start = position + found;
    return { start, end: start + whole.length, exact: whole === decoded };
  }

  async #locateByWords(decoded: string, from: number, to: number): Promise<LocatedChunk> {
    this.#words ??= await wordTokens(this.text, this.ids, this.encoder);
    const start = this.#words.startOf(from);
    const exact = this.text.startsWith(decoded, start);
    return { text: decoded, start, end: exact ? start + decoded.length : this.#words.endOf(to - 1), exact };
  }
}
