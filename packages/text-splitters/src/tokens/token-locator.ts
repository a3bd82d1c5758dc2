import type { LocatedChunk } from "../chunks/located-chunk.js";
import type { ResolvedEncoder } from "./resolve-tokenizer.js";
import { type WordTokens, wordTokens } from "./word-tokens.js";

/** Largest distance between the position where a chunk's tokens begin and its start: a character of two UTF-16 units that was cut, or a space. */
const GAP = 2;

/** Decoded form of a character that was cut, and of half a surrogate pair. */
const REPLACEMENT = "\ufffd";

/** A range of the text. */
interface Range {
  readonly start: number;
  readonly end: number;
  /** Whether the range ends where the tokens end, not before characters that were replaced. */
  readonly whole: boolean;
  /** Largest distance between the end and the start of the next text. */
  readonly gap: number;
}

/**
 * Finds the positions of decoded chunks in their text. Tokens have no positions. If decoding returns the original text (byte-level
 * tokenizers), it follows the text; if not (lower-casing tokenizers), it uses the words that the tokens belong to.
 */
export class TokenLocator {
  /** A token that begins a character, and its position in the text. */
  #anchor = { token: 0, position: 0 };
  #lossy = false;
  #words: WordTokens | undefined;
  /** The text as in UTF-8: a surrogate without its partner is U+FFFD. Positions are the same as in the text. */
  readonly #wellFormed: string;

  constructor(
    private readonly text: string,
    private readonly ids: readonly number[],
    private readonly encoder: ResolvedEncoder,
  ) {
    this.#wellFormed = text.replace(/[\ud800-\udfff]/gu, REPLACEMENT);
  }

  /** Locates the decoded tokens [from, to); `from` must not decrease from call to call. */
  async locate(decoded: string, from: number, to: number): Promise<LocatedChunk> {
    if (!this.#lossy) {
      const before = await this.#walkTo(from, { decoded, to });
      const range = before && this.#find(decoded, before);
      if (range !== undefined) {
        const { start, end } = range;
        return { text: decoded, start, end, exact: this.text.startsWith(decoded, start) };
      }
      this.#lossy = true;
    }
    return this.#locateByWords(decoded, from, to);
  }

  /**
   * Finds the start of a token, or of the character that it is a part of: at the end of the text before it, or within its gap. Undefined if
   * decoding does not return the original text.
   * @param next the decoded tokens from there on, up to `to`
   */
  async #walkTo(
    token: number,
    next: { readonly decoded: string; readonly to: number },
  ): Promise<Pick<Range, "end" | "gap"> | undefined> {
    const { token: anchorToken, position } = this.#anchor;
    if (token === anchorToken) return { end: position, gap: GAP };
    const passed = await this.encoder.decode(this.ids.slice(anchorToken, token));
    const range = this.#find(passed, { end: position, gap: GAP });
    if (range?.whole && (await this.#beginsCharacter(passed, next))) {
      this.#anchor = { token, position: range.end };
    }
    return range;
  }

  /** Whether a character ends at the end of the tokens since the anchor. U+FFFD may be in the text, or a part of a character that was cut. */
  async #beginsCharacter(
    passed: string,
    { decoded, to }: { readonly decoded: string; readonly to: number },
  ): Promise<boolean> {
    if (!passed.endsWith(REPLACEMENT)) return true;
    return (await this.encoder.decode(this.ids.slice(this.#anchor.token, to))) === passed + decoded;
  }

  /**
   * Finds the range that equals `decoded`, except for replaced parts, and starts at the end of the text before it, or within its gap. A replaced part
   * may have another length in the text: some tokenizers decode half a surrogate pair to three U+FFFD.
   */
  #find(decoded: string, before: Pick<Range, "end" | "gap">): Range | undefined {
    if (this.#wellFormed.startsWith(decoded, before.end)) {
      return { start: before.end, end: before.end + decoded.length, whole: true, gap: GAP };
    }
    const parts = decoded.split(REPLACEMENT);
    // The cut character may also be the one that follows.
    for (let skipped = 0; skipped <= GAP; skipped++) {
      const range = this.#findParts(parts, before.end + skipped, before.gap - skipped);
      if (range !== undefined) return range;
    }
    return undefined;
  }

  /** Finds the range that equals the parts, with replaced text between them. */
  #findParts(parts: readonly string[], from: number, firstGap: number): Range | undefined {
    let start: number | undefined;
    let end = from;
    let gap = firstGap;
    let whole = true;
    for (const part of parts) {
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
    return { start: start ?? end, end, whole, gap };
  }

  async #locateByWords(decoded: string, from: number, to: number): Promise<LocatedChunk> {
    this.#words ??= await wordTokens(this.text, this.ids, this.encoder);
    const start = this.#words.startOf(from);
    const exact = this.text.startsWith(decoded, start);
    return { text: decoded, start, end: exact ? start + decoded.length : this.#words.endOf(to - 1), exact };
  }
}
