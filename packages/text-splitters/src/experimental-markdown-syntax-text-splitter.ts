import { checkBoolean, checkKnownOptions } from "@secondpass/core";
import type { DescribedChunk } from "./chunks/chunk-documents.js";
import { checkHeaders } from "./markdown/check-headers.js";
import type { HeaderToSplitOn } from "./markdown/markdown-section.js";
import { syntaxSections } from "./markdown/syntax-sections.js";
import { skipSpace } from "./python/python-space.js";
import { splitLines } from "./python/split-lines.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { SectionTextSplitter } from "./section-text-splitter.js";
import type { SplitOptions } from "./split-options.js";

export interface ExperimentalMarkdownSyntaxTextSplitterOptions {
  /** Pairs of a mark and the metadata key for its headings' text. @default "#" to "######" as "Header 1" to "Header 6" */
  readonly headersToSplitOn?: readonly HeaderToSplitOn[];
  /** Makes a Document of every line that is not blank. @default false */
  readonly returnEachLine?: boolean;
  /** Leaves the headings' own lines out of the content. @default true */
  readonly stripHeaders?: boolean;
  /** Adds `metadata.startIndex`, as in the other splitters; only {@link SectionTextSplitter.splitDocuments} does. @default false */
  readonly addStartIndex?: boolean;
}

const OPTIONS = ["headersToSplitOn", "returnEachLine", "stripHeaders", "addStartIndex"];

const DEFAULT_HEADERS = Array.from(
  { length: 6 },
  (_, index): HeaderToSplitOn => ["#".repeat(index + 1), `Header ${index + 1}`],
);

/**
 * Splits Markdown at its headings, around its code blocks and at its horizontal rules (`---`), and keeps the whitespace. The
 * headings above a section become its metadata, and the language of a code block becomes "Code". As in Python, a code block that is
 * never closed is left out, with all text after it.
 *
 * @example
 * const splitter = new ExperimentalMarkdownSyntaxTextSplitter();
 * const [section] = await splitter.splitText("# Alps\n\n```js\nhigh();\n```\n");
 * console.log(section.metadata); // { Code: "js", "Header 1": "Alps" }
 */
export class ExperimentalMarkdownSyntaxTextSplitter extends SectionTextSplitter {
  static override lc_name(): string {
    return "ExperimentalMarkdownSyntaxTextSplitter";
  }

  readonly headersToSplitOn: readonly HeaderToSplitOn[];
  readonly returnEachLine: boolean;
  readonly stripHeaders: boolean;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: ExperimentalMarkdownSyntaxTextSplitterOptions = {}) {
    checkKnownOptions(options, OPTIONS, "ExperimentalMarkdownSyntaxTextSplitter");
    super(options.addStartIndex ?? false);
    const headers = checkHeaders(options.headersToSplitOn ?? DEFAULT_HEADERS);
    // As in Python, an empty list means the default.
    this.headersToSplitOn = headers.length > 0 ? headers : DEFAULT_HEADERS;
    this.returnEachLine = checkBoolean("returnEachLine", options.returnEachLine ?? false);
    this.stripHeaders = checkBoolean("stripHeaders", options.stripHeaders ?? true);
  }

  protected override async locateSections(text: string, { signal }: SplitOptions): Promise<DescribedChunk[]> {
    const slices = shortStepSlices(signal);
    const sections = await syntaxSections(text, new Map(this.headersToSplitOn), this.stripHeaders, slices);
    if (!this.returnEachLine) return sections;
    const lines: DescribedChunk[] = [];
    for (const { start, end, metadata } of sections) {
      for (const line of splitLines(text, start, end)) {
        if (slices.due()) await slices.pause();
        if (skipSpace(text, line.start, line.contentEnd) === line.contentEnd) continue;
        const content = text.slice(line.start, line.contentEnd);
        lines.push({ text: content, start: line.start, end: line.contentEnd, exact: true, metadata });
      }
    }
    return lines;
  }
}
