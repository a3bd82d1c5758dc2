import wrapAnsi from "wrap-ansi";
import type { FoundPassage, SearchAnswer } from "../corpus/search-corpus.js";
import { shownPath } from "../terminal/shown-path.js";
import type { Style } from "../terminal/style.js";
import { visibleText } from "../terminal/visible-text.js";

const INDENT = "    ";
/** Narrower terminals get lines of this length: one word a line helps nobody. */
const MIN_COLUMNS = 24;

export interface TextOptions {
  readonly style: Style;
  /** Width of the terminal; undefined keeps the lines unbroken. */
  readonly columns?: number | undefined;
}

/**
 * Writes an answer for people: for each passage a line `FILE:LINE: score, place before` and its text, indented, the best sentences in bold. Empty lines separate
 * passages.
 */
export function searchAsText({ passages, isReranked }: SearchAnswer, options: TextOptions): string {
  return `${passages.map((passage) => block(passage, isReranked, options)).join("\n\n")}\n`;
}

function block(passage: FoundPassage, isReranked: boolean, { style, columns }: TextOptions): string {
  const { path, lines, score, place, placeBefore } = passage;
  const where = `${style.cyan(visibleText(shownPath(path)))}:${style.green(String(lines.from))}`;
  const moved = placeBefore === place ? "as before" : `was ${ordinal(placeBefore)}`;
  const judged = style.dim(isReranked ? `score ${score.toFixed(4)}, ${moved}` : `score ${score.toFixed(4)}`);
  const text = marked(passage, style)
    .split("\n")
    .filter((line) => line.trim() !== "")
    .join("\n");
  const room = columns === undefined ? undefined : Math.max(columns - INDENT.length, MIN_COLUMNS);
  const wrapped = room === undefined ? text : wrapAnsi(text, room, { hard: true, trim: false });
  return [`${where}: ${judged}`, ...wrapped.split("\n").map((line) => INDENT + line)].join("\n");
}

/** Marks the best sentences in bold, line by line: a style must not span lines that are indented. */
function marked({ text, sentences }: FoundPassage, { bold }: Style): string {
  let shown = "";
  let at = 0;
  for (const { start, end } of sentences) {
    shown += visibleText(text.slice(at, start));
    shown += visibleText(text.slice(start, end))
      .split("\n")
      .map((line) => (line === "" ? line : bold(line)))
      .join("\n");
    at = end;
  }
  return shown + visibleText(text.slice(at));
}

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const SUFFIXES: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };

function ordinal(place: number): string {
  return `${place}${SUFFIXES[ORDINALS.select(place)] ?? "th"}`;
}
