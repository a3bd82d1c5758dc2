import { AlignedText, characterEnd } from "./aligned-text.js";

/** Where the characters of a replacement come from: "each" from the character at its place in the replaced piece, or all from the piece's "last". */
export type PieceOrigin = "each" | "last";

/** Builds an {@link AlignedText} from pieces that replace pieces of a source text. */
export class AlignedBuilder {
  #text = "";
  #length = 0;
  #starts = new Int32Array(256);
  #ends = new Int32Array(256);

  constructor(private readonly source: AlignedText) {}

  /**
   * Writes the replacement of the next piece of the source. As in `tokenizers`, a character of the replacement comes from the character at the
   * same place in the piece, and further ones from the piece's last. If the replacement has fewer characters, the missing ones are skipped after
   * the first. An insertion comes from the character after it.
   */
  add(from: number, to: number, written: string, origin: PieceOrigin = "each"): void {
    const { text, starts, ends } = this.source;
    this.#text += written;
    this.#grow(written.length);
    let place = from;
    if (origin === "last") for (let at = from; at < to; at = characterEnd(text, at)) place = at;
    if (from === to && from > 0 && from === text.length) place = from - 1;
    let absorbed =
      origin === "each" ? Math.max(0, characters(text.slice(from, to)) - characters(written)) : 0;
    for (let at = 0; at < written.length; ) {
      const end = characterEnd(written, at);
      for (; at < end; at++) {
        this.#starts[this.#length] = starts[place] ?? 0;
        this.#ends[this.#length++] = ends[place] ?? 0;
      }
      if (origin === "last") continue;
      for (absorbed += 1; absorbed > 0 && place < to && characterEnd(text, place) < to; absorbed--) {
        place = characterEnd(text, place);
      }
      absorbed = 0;
    }
  }

  /** Writes a piece of the source as it is. */
  copy(from: number, to: number): void {
    const { text, starts, ends } = this.source;
    this.#text += text.slice(from, to);
    this.#grow(to - from);
    this.#starts.set(starts.subarray(from, to), this.#length);
    this.#ends.set(ends.subarray(from, to), this.#length);
    this.#length += to - from;
  }

  finish(): AlignedText {
    const { length } = this.#text;
    return new AlignedText(this.#text, this.#starts.subarray(0, length), this.#ends.subarray(0, length));
  }

  /** Makes room for this many more units. */
  #grow(units: number): void {
    const needed = this.#length + units;
    if (needed <= this.#starts.length) return;
    const [starts, ends] = [this.#starts, this.#ends];
    this.#starts = new Int32Array(2 * needed);
    this.#ends = new Int32Array(2 * needed);
    this.#starts.set(starts);
    this.#ends.set(ends);
  }
}

function characters(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at = characterEnd(text, at)) count++;
  return count;
}
