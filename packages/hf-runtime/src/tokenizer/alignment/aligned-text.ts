/** A text made of another one, which it replaces step by step, and where each of its UTF-16 units comes from. */
export class AlignedText {
  /**
   * @param starts [units] where in the first text the character starts that a unit comes from
   * @param ends [units] where that character ends
   */
  constructor(
    readonly text: string,
    readonly starts: Int32Array,
    readonly ends: Int32Array,
  ) {}

  /**
   * A text as it is.
   * @param offset place of its first unit in a longer text
   */
  static of(text: string, offset = 0): AlignedText {
    const { length } = text;
    const starts = new Int32Array(length);
    const ends = new Int32Array(length);
    for (let at = 0; at < length; ) {
      const end = characterEnd(text, at);
      starts.fill(offset + at, at, end);
      ends.fill(offset + end, at, end);
      at = end;
    }
    return new AlignedText(text, starts, ends);
  }

  slice(from: number, to: number): AlignedText {
    return new AlignedText(
      this.text.slice(from, to),
      this.starts.subarray(from, to),
      this.ends.subarray(from, to),
    );
  }

  /** The part of the first text that some units come from; it is empty for no units. */
  range(from: number, to: number): readonly [start: number, end: number] {
    if (from >= to) {
      const place = this.starts[from] ?? this.ends.at(-1) ?? 0;
      return [place, place];
    }
    let start = Number.POSITIVE_INFINITY;
    let end = 0;
    for (let at = from; at < to; at++) {
      start = Math.min(start, this.starts[at]!);
      end = Math.max(end, this.ends[at]!);
    }
    return [start, end];
  }
}

/** End of the character that starts at a place: two units for one beyond U+FFFF. */
export function characterEnd(text: string, at: number): number {
  return at + (text.codePointAt(at)! > 0xffff ? 2 : 1);
}
