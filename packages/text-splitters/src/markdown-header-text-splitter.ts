import { checkBoolean, checkKnownOptions } from "@secondpass/core";
import type { DescribedChunk } from "./chunks/chunk-documents.js";
import { checkHeaders } from "./markdown/check-headers.js";
import { HeadingMatcher } from "./markdown/heading-matcher.js";
import { joinSections } from "./markdown/join-sections.js";
import type { HeaderToSplitOn, MarkdownSection } from "./markdown/markdown-section.js";
import { splitSections } from "./markdown/split-sections.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { SectionTextSplitter } from "./section-text-splitter.js";
import type { SplitOptions } from "./split-options.js";

export interface MarkdownHeaderTextSplitterOptions {
  /** Pairs of a mark and the metadata key for its headings' text: `[["#", "Header 1"], ["##", "Header 2"]]`. */
  readonly headersToSplitOn: readonly HeaderToSplitOn[];
  /** Makes a Document of every paragraph instead of joining those under the same headings. @default false */
  readonly returnEachLine?: boolean;
  /** Leaves the headings' own lines out of the content. @default true */
  readonly stripHeaders?: boolean;
  /** Marks that enclose a heading, and its level: with `{ "**": 1 }`, `**Title**` is a heading of level 1. List the marks in `headersToSplitOn` too. */
  readonly customHeaderPatterns?: Readonly<Record<string, number>>;
  /** Adds `metadata.startIndex`, as in the other splitters; only {@link SectionTextSplitter.splitDocuments} does. @default false */
  readonly addStartIndex?: boolean;
}

const OPTIONS = [
  "headersToSplitOn",
  "returnEachLine",
  "stripHeaders",
  "customHeaderPatterns",
  "addStartIndex",
] as const satisfies readonly (keyof MarkdownHeaderTextSplitterOptions)[];

/**
 * Splits Markdown at its headings and puts them into the metadata of the text under them. Sections have no size limit.
 *
 * @example
 * const splitter = new MarkdownHeaderTextSplitter({ headersToSplitOn: [["#", "title"]] });
 * const [section] = await splitter.splitText("# Alps\n\nHigh.");
 * console.log(section.pageContent, section.metadata); // High. { title: "Alps" }
 */
export class MarkdownHeaderTextSplitter extends SectionTextSplitter {
  static override lc_name(): string {
    return "MarkdownHeaderTextSplitter";
  }

  readonly headersToSplitOn: readonly HeaderToSplitOn[];
  readonly returnEachLine: boolean;
  readonly stripHeaders: boolean;
  readonly #headings: HeadingMatcher;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: MarkdownHeaderTextSplitterOptions) {
    checkKnownOptions(options, OPTIONS, "MarkdownHeaderTextSplitter");
    super(options?.addStartIndex ?? false);
    this.headersToSplitOn = checkHeaders(options?.headersToSplitOn);
    this.returnEachLine = checkBoolean("returnEachLine", options.returnEachLine ?? false);
    this.stripHeaders = checkBoolean("stripHeaders", options.stripHeaders ?? true);
    this.#headings = new HeadingMatcher(this.headersToSplitOn, { ...options.customHeaderPatterns });
  }

  protected override async locateSections(text: string, { signal }: SplitOptions): Promise<DescribedChunk[]> {
    const sections = await splitSections(text, this.#headings, this.stripHeaders, shortStepSlices(signal));
    const joined = this.returnEachLine ? sections : joinSections(sections, this.stripHeaders);
    return joined.map((section) => toChunk(section, text));
  }
}

function toChunk({ content, headings, start, end }: MarkdownSection, source: string): DescribedChunk {
  const exact = end - start === content.length && source.startsWith(content, start);
  return { text: content, start, end, exact, metadata: headings };
}
