import type { LocatedChunk } from "../chunks/located-chunk.js";
import { skipSpace, skipSpaceBack, strip } from "../python/python-space.js";
import { PieceWindow } from "./piece-window.js";

/** Settings for merging pieces. */
export interface MergeRules {
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  readonly stripWhitespace: boolean;
  /** Text between the pieces of a chunk. */
  readonly separator: string;
  /** Length of `separator`, by the length function. */
  readonly separatorLength: number;
}

/**
 * Merges pieces into chunks of at most `chunkSize`. Each chunk starts with the last pieces of the chunk before, as far as they fit
 * into `chunkOverlap`. These are the rules of Python's `_merge_splits`, with a window over the pieces instead of lists of texts.
 * Pieces are ranges of `text`, given in order; each is visited once.
 */
export class SplitMerger {
  /** The last piece that is not directly after its predecessor and the separator. */
  #lastBreak = -1;
  /** Length of the window's pieces and the separators between them. */
  #total = 0;

  /**
   * @param offset start of `text` in the source
   * @param chunks receives the chunks
   * @param window an empty window; may be used again after {@link flush}
   */
  constructor(
    private readonly text: string,
    private readonly offset: number,
    private readonly rules: MergeRules,
    private readonly chunks: LocatedChunk[],
    private readonly window = new PieceWindow(),
  ) {}

  /** Adds a piece: the range [start, end) of the text, and its length by the length function. */
  push(start: number, end: number, length: number): void {
    const { window } = this;
    const { chunkSize, chunkOverlap, separatorLength } = this.rules;
    if (window.count > 0 && this.#total + length + separatorLength > chunkSize) {
      this.#emit();
      while (
        window.count > 0 &&
        (this.#total > chunkOverlap ||
          (this.#total > 0 && this.#total + length + separatorLength > chunkSize))
      ) {
        this.#total -= window.length(window.first) + (window.count > 1 ? separatorLength : 0);
        window.first++;
      }
    }
    if (window.count > 0) {
      if (!this.#follows(window.end(window.next - 1), start)) this.#lastBreak = window.next;
      this.#total += separatorLength;
    }
    window.push(start, end, length);
    this.#total += length;
  }

  /** Makes the last chunk from the remaining pieces and starts again, without overlap. */
  flush(): void {
    if (this.window.count === 0) return;
    this.#emit();
    this.window.clear();
    this.#lastBreak = -1;
    this.#total = 0;
  }

  /** Whether the text has only the separator between a piece's end and the next one's start. */
  #follows(end: number, start: number): boolean {
    const { separator } = this.rules;
    return end + separator.length === start && (separator === "" || this.text.startsWith(separator, end));
  }

  #emit(): void {
    const { window } = this;
    if (this.#lastBreak > window.first) {
      this.#emitJoined();
      return;
    }
    let start = window.start(window.first);
    let end = window.end(window.next - 1);
    if (this.rules.stripWhitespace) {
      start = skipSpace(this.text, start, end);
      end = skipSpaceBack(this.text, start, end);
    }
    if (start < end) this.#add(this.text.slice(start, end), start, end, true);
  }

  /** Emits a chunk that is not a range of the source, because the source has other text between its pieces. */
  #emitJoined(): void {
    const { first, next } = this.window;
    const pieces: string[] = [];
    let start = -1;
    let end = -1;
    for (let piece = first; piece < next; piece++) {
      const [from, to] = [this.window.start(piece), this.window.end(piece)];
      pieces.push(this.text.slice(from, to));
      const visible = this.rules.stripWhitespace ? skipSpace(this.text, from, to) : from;
      // A blank piece does not count for the range: at either end of the chunk it is stripped.
      if (visible === to) continue;
      if (start === -1) start = visible;
      end = this.rules.stripWhitespace ? skipSpaceBack(this.text, visible, to) : to;
    }
    const joined = pieces.join(this.rules.separator);
    const text = this.rules.stripWhitespace ? strip(joined) : joined;
    if (text === "") return;
    if (start === -1) [start, end] = [this.window.start(first), this.window.end(next - 1)];
    this.#add(text, start, end, false);
  }

  #add(text: string, start: number, end: number, exact: boolean): void {
    this.chunks.push({ text, start: this.offset + start, end: this.offset + end, exact });
  }
}
