/** A text derived from an original text, with the place in the original that each of its UTF-16 units comes from. */
export class AlignedText {
  /**
   * @param starts [units] start of the character in the original text that a unit comes from
   * @param ends [units] end of that character
   */
  constructor(
    readonly text: string,
    readonly starts: Int32Array,
    readonly ends: Int32Array,
  ) {}

  /**
   * An unchanged text.
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

  /** The range of the original text that the units from `from` to `to` come from; empty if there are none. */
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
