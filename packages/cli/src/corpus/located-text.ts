/** A text extracted from a source, which maps each of its characters to a position in the source. */
export interface LocatedText {
  readonly text: string;
  /** Position in the text → position in the source, both in UTF-16 units. */
  sourceIndex(index: number): number;
}

/** A part of a text that was copied from the source unchanged. */
export interface CopiedPart {
  /** Where it begins in the text, and in the source. */
  readonly start: number;
  readonly sourceStart: number;
}

/**
 * @param parts in the order of the text, the first at 0. Text between the end of a part and the next part is located directly after the part in the source.
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

/** Converts all line ends to "\n", which the splitters need. */
export function withUnixLines(source: string): LocatedText {
  if (!source.includes("\r")) return locatedText(source, []);
  const parts: CopiedPart[] = [];
  let text = "";
  let last = 0;
  for (const { index, 0: end } of source.matchAll(/\r\n?/g)) {
    parts.push({ start: text.length, sourceStart: last });
    text += source.slice(last, index);
    // The line ends where the source's "\n", or its lone "\r", ends.
    last = index + end.length;
    parts.push({ start: text.length, sourceStart: last - 1 });
    text += "\n";
  }
  parts.push({ start: text.length, sourceStart: last });
  return locatedText(text + source.slice(last), parts);
}
