/** Kind of a block of lines, which decides how it is cut. */
export type BlockKind = "prose" | "code" | "heading";

/** A part of a text whose lines belong together: `text.slice(start, end)`, in UTF-16 units. */
export interface TextBlock {
  readonly start: number;
  readonly end: number;
  readonly kind: BlockKind;
}

/** Lines between two chances to pause. */
const LINES_AT_A_TIME = 256;

const LINE_BREAK = /\r\n|[\n\r\u2028\u2029]/g;
const BLANK = /^\s*$/;
const FENCE = /^ {0,3}(`{3,}|~{3,})/;
const HEADING = /^ {0,3}#{1,6}[ \t]+/;
/** An underline makes the line of text above it a heading; elsewhere it is a rule. */
const UNDERLINE = /^ {0,3}(?:=+|-+)[ \t]*$/;
const RULE = /^[*_=|:+ \t-]+$/;
const TABLE_ROW = /^[ \t]*\|/;
const ITEM = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+/;
const QUOTE = /^[ \t]*>[ \t]?/;

/**
 * Finds the paragraphs, list items, table rows, headings and code of a plain or Markdown text, in order. Markup (fences, bullets, `#`,
 * rules) is left out. Lines of a paragraph stay together, because a sentence may continue in the next line. Yields `undefined` from time to
 * time, so that the caller can pause.
 */
export function* textBlocks(text: string): Generator<TextBlock | undefined> {
  let open: { start: number; end: number; kind: BlockKind; lines: number } | undefined;
  let fence: string | undefined;
  let lineCount = 0;
  const close = function* (): Generator<TextBlock> {
    if (open !== undefined) yield { start: open.start, end: open.end, kind: open.kind };
    open = undefined;
  };
  for (const { start, end } of lines(text)) {
    if (++lineCount % LINES_AT_A_TIME === 0) yield undefined;
    const line = text.slice(start, end);
    const extend = (kind: BlockKind, marker = 0) => {
      open ??= { start: start + marker, end, kind, lines: 0 };
      open.end = end;
      open.lines++;
    };
    const [, mark] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      if (mark?.startsWith(fence) && line.trim() === mark) {
        yield* close();
        fence = undefined;
      } else if (BLANK.test(line)) yield* close();
      else extend("code");
    } else if (mark !== undefined) {
      yield* close();
      fence = mark;
    } else if (UNDERLINE.test(line) && open?.kind === "prose" && open.lines === 1) {
      open.kind = "heading";
      yield* close();
    } else if (BLANK.test(line) || RULE.test(line)) yield* close();
    else if (HEADING.test(line)) {
      yield* close();
      extend("heading", lengthOf(HEADING, line));
      yield* close();
    } else if (TABLE_ROW.test(line)) {
      yield* close();
      extend("prose");
      yield* close();
    } else if (ITEM.test(line)) {
      yield* close();
      extend("prose", lengthOf(ITEM, line));
    } else extend("prose", open === undefined ? lengthOf(QUOTE, line) : 0);
  }
  yield* close();
}

/** Lines without their breaks. */
function* lines(text: string): Generator<{ readonly start: number; readonly end: number }> {
  let start = 0;
  for (const { 0: lineBreak, index } of text.matchAll(LINE_BREAK)) {
    yield { start, end: index };
    start = index + lineBreak.length;
  }
  yield { start, end: text.length };
}

/** Length of a pattern's match at the start of a line. */
function lengthOf(pattern: RegExp, line: string): number {
  return pattern.exec(line)?.[0].length ?? 0;
}
