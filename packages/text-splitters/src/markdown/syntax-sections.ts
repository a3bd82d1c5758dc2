import type { WorkSlices } from "@secondpass/core";
import type { DescribedChunk } from "../chunks/chunk-documents.js";
import { skipSpace } from "../python/python-space.js";
import { type LineRange, splitLines } from "../python/split-lines.js";

/** Metadata keys for the text of headings, by mark ("#", "##", …); null or undefined for headings that only separate sections. */
export type HeadingNames = ReadonlyMap<string, string | null | undefined>;

/** Metadata key for the language of a code block: the text after its opening fence. */
const CODE_KEY = "Code";
const HEADING = /^(#{1,6}) ([^\n]*)/;
const FENCE = /^(?:```|~~~)([^\n]*)/;
/** A horizontal rule. As in Python, a line feed must follow directly: a rule before "\r\n" or at the end of the text is an ordinary line. */
const RULE = /^(?:\*{3,}|-{3,}|_{3,})\n/;

/**
 * Splits a Markdown text at headings, around code blocks and at horizontal rules, and keeps its whitespace. Blank sections are
 * left out. As in Python, a code block that is never closed is left out too, with all text after it.
 */
export async function syntaxSections(
  text: string,
  names: HeadingNames,
  stripHeaders: boolean,
  slices: WorkSlices,
): Promise<DescribedChunk[]> {
  const sections: DescribedChunk[] = [];
  let headings: { readonly level: number; readonly text: string }[] = [];
  let start = 0;
  /** Makes a section of the text from `start`. */
  const close = (end: number, metadata: Record<string, string> = {}) => {
    if (skipSpace(text, start, end) === end) return;
    for (const heading of headings) {
      const name = names.get("#".repeat(heading.level));
      if (name !== null && name !== undefined) setOwn(metadata, name, heading.text);
    }
    sections.push({ text: text.slice(start, end), start, end, exact: true, metadata });
  };

  const lines = splitLines(text);
  for (let step = lines.next(); !step.done; step = lines.next()) {
    const line: LineRange = step.value;
    const raw = text.slice(line.start, line.end);
    const heading = HEADING.exec(raw);
    const fence = FENCE.exec(raw);
    if (heading !== null && names.has(heading[1]!)) {
      close(line.start);
      const level = heading[1]!.length;
      const above = headings.findIndex((other) => other.level >= level);
      headings = [...(above === -1 ? headings : headings.slice(0, above)), { level, text: heading[2]! }];
      start = stripHeaders ? line.end : line.start;
    } else if (fence !== null) {
      close(line.start);
      start = line.start;
      const end = await closingFence(text, lines, slices);
      if (end !== undefined) close(end, { [CODE_KEY]: fence[1]! });
      start = end ?? text.length;
    } else if (RULE.test(raw)) {
      close(line.start);
      start = line.end;
    }
    if (slices.due()) await slices.pause();
  }
  close(text.length);
  return sections;
}

/** End of the next line that begins with a fence. */
async function closingFence(
  text: string,
  lines: Generator<LineRange>,
  slices: WorkSlices,
): Promise<number | undefined> {
  for (let step = lines.next(); !step.done; step = lines.next()) {
    const { start, end } = step.value;
    if (text.startsWith("```", start) || text.startsWith("~~~", start)) return end;
    if (slices.due()) await slices.pause();
  }
  return undefined;
}

/** Assigning to "__proto__" would change the prototype instead. */
function setOwn(metadata: Record<string, string>, name: string, value: string): void {
  Object.defineProperty(metadata, name, { value, enumerable: true, configurable: true, writable: true });
}
