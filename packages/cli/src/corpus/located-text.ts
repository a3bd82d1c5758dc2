/** A text that was taken out of a source: which part of the source each of its characters is. */
export interface LocatedText {
  readonly text: string;
  /** Position in the text → position in the source, both in UTF-16 units. */
  sourceIndex(index: number): number;
}

/** A part of a text that is a part of the source as it is. */
export interface CopiedPart {
  /** Where it begins in the text, and in the source. */
  readonly start: number;
  readonly sourceStart: number;
}

/**
 * @param parts in the order of the text, the first at 0. What follows a part in the text, until the next one, is next to it in the source.
 */
export function locatedText(text: string, parts: readonly CopiedPart[]): LocatedText {
  return {
    text,
    sourceIndex(index) {
      // The last part that begins at the index or before it.
      let low = 0;
      let high = parts.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (parts[middle]!.start <= index) low = middle + 1;
        else high = middle;
      }
      const part = parts[low - 1];
      return part === undefined ? index : part.sourceStart + index - part.start;
    },
  };
}

/** A text whose lines all end "\n", as splitters want it. */
export function withUnixLines(source: string): LocatedText {
  if (!source.includes("\r")) return locatedText(source, []);
  const parts: CopiedPart[] = [];
  let text = "";
  let last = 0;
  for (const { index, 0: end } of source.matchAll(/\r\n?/g)) {
    parts.push({ start: text.length, sourceStart: last });
    text += source.slice(last, index);
    // The end of the line is that of the source's "\n", or of its lone "\r".
    last = index + end.length;
    parts.push({ start: text.length, sourceStart: last - 1 });
    text += "\n";
  }
  parts.push({ start: text.length, sourceStart: last });
  return locatedText(text + source.slice(last), parts);
}
