import type { WorkSlices } from "@secondpass/core";
import { keepPrintable } from "../python/keep-printable.js";
import { skipSpace, skipSpaceBack } from "../python/python-space.js";
import type { Heading, HeadingMatcher } from "./heading-matcher.js";
import type { MarkdownSection } from "./markdown-section.js";

/**
 * Splits a Markdown text at headings and at blank lines outside code fences. As in Python, lines lose whitespace at both ends and
 * unprintable characters.
 */
export async function splitSections(
  text: string,
  headings: HeadingMatcher,
  stripHeaders: boolean,
  slices: WorkSlices,
): Promise<MarkdownSection[]> {
  const parts = new SectionBuilder();
  let fence = "";
  let position = 0;
  while (position <= text.length) {
    const feed = text.indexOf("\n", position);
    const lineEnd = feed === -1 ? text.length : feed;
    const start = skipSpace(text, position, lineEnd);
    const end = skipSpaceBack(text, start, lineEnd);
    const line = keepPrintable(text.slice(start, end));
    position = lineEnd + 1;

    if (fence !== "" && line.startsWith(fence)) fence = "";
    else if (fence === "") fence = openedFence(line);
    if (fence !== "") {
      parts.addLine(line, start, end);
    } else {
      const heading = headings.match(line);
      if (heading !== undefined) {
        parts.enter(heading);
        parts.close();
        if (!stripHeaders) parts.addLine(line, start, end);
      } else if (line !== "") {
        parts.addLine(line, start, end);
      } else {
        parts.close();
      }
      parts.adoptHeadings();
    }
    if (slices.due()) await slices.pause();
  }
  parts.close();
  return parts.sections;
}

/** The fence that a line opens, or "". Backticks that close on the same line are inline code. */
function openedFence(line: string): string {
  if (line.startsWith("```")) return line.indexOf("```", 3) === -1 ? "```" : "";
  return line.startsWith("~~~") ? "~~~" : "";
}

/** Collects lines into sections and keeps track of the headings above them. */
class SectionBuilder {
  readonly sections: MarkdownSection[] = [];
  #lines: string[] = [];
  #start = 0;
  #end = 0;
  readonly #stack: { readonly name: string; readonly level: number }[] = [];
  /** Headings as of the current line. */
  #current: Record<string, string> = {};
  /** Headings above the lines collected so far. */
  #headings: Readonly<Record<string, string>> = {};

  addLine(line: string, start: number, end: number): void {
    if (this.#lines.length === 0) this.#start = start;
    this.#lines.push(line);
    this.#end = end;
  }

  /** Makes a section of the collected lines, if there are any. */
  close(): void {
    if (this.#lines.length === 0) return;
    const content = this.#lines.join("\n");
    this.sections.push({ content, headings: this.#headings, start: this.#start, end: this.#end });
    this.#lines = [];
  }

  /** Adds a heading and drops those of its level and below. */
  enter({ name, level, text }: Heading): void {
    if (name === null || name === undefined) return;
    this.#current = { ...this.#current };
    while (this.#stack.length > 0 && this.#stack[this.#stack.length - 1]!.level >= level) {
      delete this.#current[this.#stack.pop()!.name];
    }
    this.#stack.push({ name, level });
    this.#current[name] = text;
  }

  /** Applies the headings added so far to the next lines. */
  adoptHeadings(): void {
    this.#headings = this.#current;
  }
}
