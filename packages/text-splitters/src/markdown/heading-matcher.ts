import { codePointLength } from "../python/code-point-length.js";
import { strip } from "../python/python-space.js";
import type { HeaderToSplitOn } from "./markdown-section.js";

/** A heading of a Markdown text. */
export interface Heading {
  /** Metadata key; null or undefined for a heading that only separates sections. */
  readonly name: string | null | undefined;
  /** 1 for the highest. */
  readonly level: number;
  readonly text: string;
}

/** Recognises headings: `# …` by the given marks, and lines enclosed in a custom mark (`**…**`). */
export class HeadingMatcher {
  readonly #headers: readonly HeaderToSplitOn[];

  /** @param customLevels level of each mark that encloses a line */
  constructor(
    headers: readonly HeaderToSplitOn[],
    private readonly customLevels: Readonly<Record<string, number>>,
  ) {
    // The longest first, or "#" would match the headings of "##".
    this.#headers = [...headers].sort(([a], [b]) => codePointLength(b) - codePointLength(a));
  }

  /** @param line without whitespace at either end */
  match(line: string): Heading | undefined {
    for (const [mark, name] of this.#headers) {
      const custom = Object.hasOwn(this.customLevels, mark);
      const enclosed = custom && isEnclosed(line, mark);
      if (!enclosed && !isMarked(line, mark)) continue;
      const text = strip(enclosed ? line.slice(mark.length, -mark.length) : line.slice(mark.length));
      const level = custom ? this.customLevels[mark]! : mark.split("#").length - 1;
      return { name, level, text };
    }
    return undefined;
  }
}

/** Whether a line is `# Heading`, or the mark alone. */
function isMarked(line: string, mark: string): boolean {
  return line.startsWith(mark) && (line.length === mark.length || line[mark.length] === " ");
}

/** Whether a line is `**Heading**`: the mark once at either end, and between them other characters than the mark's. */
function isEnclosed(line: string, mark: string): boolean {
  if (!line.startsWith(mark) || !line.endsWith(mark) || line.length <= 2 * mark.length) return false;
  if (line.startsWith(mark, mark.length) || line.slice(0, -mark.length).endsWith(mark)) return false;
  const content = strip(line.slice(mark.length, -mark.length)).replaceAll(" ", "");
  return [...content].some((character) => !mark.includes(character));
}
