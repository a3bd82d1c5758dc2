/** A line of a text: the ranges [start, contentEnd) without its end, and [start, end) with it. In UTF-16 units. */
export interface LineRange {
  readonly start: number;
  readonly contentEnd: number;
  readonly end: number;
}

const LINE_END = "\\r\\n|[\\n-\\r\\x1c-\\x1e\\x85\\u2028\\u2029]";

/** Finds the lines of Python's `str.splitlines`, which end with more characters than "\n". No empty line follows the last line end. */
export function* splitLines(text: string, start = 0, end = text.length): Generator<LineRange> {
  const lineEnd = new RegExp(LINE_END, "g");
  let position = start;
  while (position < end) {
    lineEnd.lastIndex = position;
    const match = lineEnd.exec(text);
    const contentEnd = Math.min(match?.index ?? end, end);
    const next = contentEnd === end ? end : contentEnd + match![0].length;
    yield { start: position, contentEnd, end: next };
    position = next;
  }
}
