import type { LocatedChunk } from "./located-chunk.js";
import { skipSpace, skipSpaceBack, strip } from "./python/python-space.js";

/** What the merging of pieces depends on, besides the pieces. */
export interface MergeRules {
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  readonly stripWhitespace: boolean;
  /** Put between the pieces of a chunk. */
  readonly separator: string;
  /** Length of `separator`, by the length function. */
  readonly separatorLength: number;
}

/** Taken-off entries of the window are kept until there are this many, so that taking one off costs nothing. */
const COMPACT_AT = 1024;

/**
 * Merges pieces to chunks of at most `chunkSize`, each starting with the last pieces of the one before as far as they fit into
 * `chunkOverlap`: the rules of Python's `_merge_splits`, with a window over the pieces in place of lists of texts. Pieces are
 * ranges of `text`, given in order; each is looked at once.
 */
export class SplitMerger {
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #lengths: number[] = [];
  /** Where the window begins in the lists. */
  #head = 0;
  /** The last piece that does not follow its predecessor with just the separator between. */
  #lastBreak = -1;
  #total = 0;

  /**
   * @param offset where `text` starts in the source
   * @param chunks where the chunks go
   */
  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly rules: MergeRules,
    private readonly chunks: LocatedChunk[],
  ) {}

  /** Adds a piece: the range [start, end) of the text, and its length by the length function. */
  push(start: number, end: number, length: number): void {
    const { chunkSize } = this.rules;
    if (this.#count > 0 && this.#total + length + this.rules.separatorLength > chunkSize) {
      this.#emit();
      while (this.#count > 0 && (this.#total > this.rules.chunkOverlap || this.#tooLongWith(length))) {
        this.#takeFirst();
      }
    }
    if (this.#count > 0) {
      if (!this.#follows(start)) this.#lastBreak = this.#starts.length;
      this.#total += this.rules.separatorLength;
    }
    this.#starts.push(start);
    this.#ends.push(end);
    this.#lengths.push(length);
    this.#total += length;
  }

  /** Makes the last chunk of what is left and begins anew, with no overlap. */
  flush(): void {
    if (this.#count === 0) return;
    this.#emit();
    this.#starts.length = 0;
    this.#ends.length = 0;
    this.#lengths.length = 0;
    this.#head = 0;
    this.#lastBreak = -1;
    this.#total = 0;
  }

  get #count(): number {
    return this.#starts.length - this.#head;
  }

  #tooLongWith(length: number): boolean {
    return this.#total > 0 && this.#total + length + this.rules.separatorLength > this.rules.chunkSize;
  }

  #takeFirst(): void {
    this.#total -= this.#lengths[this.#head]! + (this.#count > 1 ? this.rules.separatorLength : 0);
    this.#head++;
    if (this.#head < COMPACT_AT || this.#head * 2 < this.#starts.length) return;
    this.#starts.splice(0, this.#head);
    this.#ends.splice(0, this.#head);
    this.#lengths.splice(0, this.#head);
    this.#lastBreak -= this.#head;
    this.#head = 0;
  }

  /** Whether in the text just the separator stands between the last piece and one that starts at `start`. */
  #follows(start: number): boolean {
    const { separator } = this.rules;
    const end = this.#ends[this.#ends.length - 1]!;
    return end + separator.length === start && (separator === "" || this.text.startsWith(separator, end));
  }

  #emit(): void {
    if (this.#lastBreak > this.#head) {
      this.#emitJoined();
      return;
    }
    let start = this.#starts[this.#head]!;
    let end = this.#ends[this.#ends.length - 1]!;
    if (this.rules.stripWhitespace) {
      start = skipSpace(this.text, start, end);
      end = skipSpaceBack(this.text, start, end);
    }
    if (start < end) this.#add(this.text.slice(start, end), start, end, true);
  }

  /** A chunk that the source does not have as it is, because its pieces have something else between them there. */
  #emitJoined(): void {
    const pieces: string[] = [];
    for (let i = this.#head; i < this.#starts.length; i++) {
      pieces.push(this.text.slice(this.#starts[i]!, this.#ends[i]!));
    }
    const joined = pieces.join(this.rules.separator);
    const text = this.rules.stripWhitespace ? strip(joined) : joined;
    if (text !== "") this.#add(text, this.#firstVisible(), this.#lastVisible(), false);
  }

  /** Where the first piece that is not blank starts. */
  #firstVisible(): number {
    if (this.rules.stripWhitespace) {
      for (let i = this.#head; i < this.#starts.length; i++) {
        const visible = skipSpace(this.text, this.#starts[i]!, this.#ends[i]!);
        if (visible < this.#ends[i]!) return visible;
      }
    }
    return this.#starts[this.#head]!;
  }

  /** Where the last piece that is not blank ends. */
  #lastVisible(): number {
    if (this.rules.stripWhitespace) {
      for (let i = this.#starts.length - 1; i >= this.#head; i--) {
        const visible = skipSpaceBack(this.text, this.#starts[i]!, this.#ends[i]!);
        if (visible > this.#starts[i]!) return visible;
      }
    }
    return this.#ends[this.#ends.length - 1]!;
  }

  #add(text: string, start: number, end: number, exact: boolean): void {
    this.chunks.push({ text, start: this.offset + start, end: this.offset + end, exact });
  }
}
