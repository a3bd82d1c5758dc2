import { checkBoolean, checkKnownOptions } from "@secondpass/core";
import type { DescribedChunk } from "./chunks/chunk-documents.js";
import { checkHeaderTags, type HeaderTagToSplitOn } from "./html/check-header-tags.js";
import { headerSections } from "./html/header-sections.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { SectionTextSplitter } from "./section-text-splitter.js";
import type { SplitOptions } from "./split-options.js";

export interface HTMLHeaderTextSplitterOptions {
  /** Pairs of a tag and the metadata key for its text: `[["h1", "Header 1"], ["h2", "Header 2"]]`. */
  readonly headersToSplitOn: readonly HeaderTagToSplitOn[];
  /** Makes a Document of every element that has text instead of joining those under the same headers. @default false */
  readonly returnEachElement?: boolean;
  /** Adds `metadata.startIndex`, as in the other splitters; only {@link SectionTextSplitter.splitDocuments} does. @default false */
  readonly addStartIndex?: boolean;
}

const OPTIONS = ["headersToSplitOn", "returnEachElement", "addStartIndex"];

/**
 * Splits HTML at its headers and puts them into the metadata of the text under them; each header is a section, too. Invalid HTML is read as
 * Python's `html.parser` reads it. As in Python, comments and scripts count as text: remove them first if you do not want them.
 *
 * @example
 * const splitter = new HTMLHeaderTextSplitter({ headersToSplitOn: [["h1", "title"]] });
 * const [header, text] = await splitter.splitText("<h1>Alps</h1><p>High.</p>");
 * console.log(header.pageContent, text.pageContent, text.metadata); // Alps High. { title: "Alps" }
 */
export class HTMLHeaderTextSplitter extends SectionTextSplitter {
  static override lc_name(): string {
    return "HTMLHeaderTextSplitter";
  }

  /** The highest header first. */
  readonly headersToSplitOn: readonly HeaderTagToSplitOn[];
  readonly returnEachElement: boolean;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: HTMLHeaderTextSplitterOptions) {
    checkKnownOptions(options, OPTIONS, "HTMLHeaderTextSplitter");
    super(options?.addStartIndex ?? false);
    const headers = checkHeaderTags(options?.headersToSplitOn);
    this.headersToSplitOn = [...headers].sort(([a], [b]) => Number(a.slice(1)) - Number(b.slice(1)));
    this.returnEachElement = checkBoolean("returnEachElement", options.returnEachElement ?? false);
  }

  protected override async locateSections(text: string, { signal }: SplitOptions): Promise<DescribedChunk[]> {
    return headerSections(text, this.headersToSplitOn, this.returnEachElement, shortStepSlices(signal));
  }
}
