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
  /** Whether the range ends where the tokens end, not before characters that were replaced. */
  readonly whole: boolean;
  /** Farthest that what follows may start behind the end. */
  readonly gap: number;
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
   * Where a token, or the character it is a part of, begins: at the end of what is before it, or within its gap. Undefined if decoding does
   * not give the text back.
   * @param next what the tokens from there on, up to `to`, were decoded to
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

  /** Whether a character ends where tokens do that were passed since the anchor. U+FFFD may be the text's, or the part of a character that was cut. */
  async #beginsCharacter(
    passed: string,
    { decoded, to }: { readonly decoded: string; readonly to: number },
  ): Promise<boolean> {
    if (!passed.endsWith(REPLACEMENT)) return true;
    return (await this.encoder.decode(this.ids.slice(this.#anchor.token, to))) === passed + decoded;
  }

  /**
   * The range that reads as `decoded`, apart from what was replaced, and starts at the end of what is before it, or within its gap. A part that was
   * replaced may be of another length in the text: some tokenizers make three U+FFFD of half a surrogate pair.
   */
  #find(decoded: string, before: Pick<Range, "end" | "gap">): Range | undefined {
    if (this.#wellFormed.startsWith(decoded, before.end)) {
      return { start: before.end, end: before.end + decoded.length, whole: true, gap: GAP };
    }
    const parts = decoded.split(REPLACEMENT);
    // The character that was cut may be the one that follows, too.
    for (let skipped = 0; skipped <= GAP; skipped++) {
      const range = this.#findParts(parts, before.end + skipped, before.gap - skipped);
      if (range !== undefined) return range;
    }
    return undefined;
  }

  /** The range that reads as the parts, with something replaced between each two of them. */
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
