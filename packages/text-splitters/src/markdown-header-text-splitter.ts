import { BaseDocumentTransformer, Document, type DocumentInterface } from "@langchain/core/documents";
import { InvalidOptionError } from "@secondpass/core";
import { chunkDocuments, type DescribedChunk } from "./chunks/chunk-documents.js";
import { HeadingMatcher } from "./markdown/heading-matcher.js";
import { joinSections } from "./markdown/join-sections.js";
import type { HeaderToSplitOn, MarkdownSection } from "./markdown/markdown-section.js";
import { splitSections } from "./markdown/split-sections.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";

export interface MarkdownHeaderTextSplitterOptions {
  /** Pairs of a mark and the metadata key for its headings' text: `[["#", "Header 1"], ["##", "Header 2"]]`. */
  readonly headersToSplitOn: readonly HeaderToSplitOn[];
  /** Makes a Document of every paragraph instead of joining those under the same headings. @default false */
  readonly returnEachLine?: boolean;
  /** Leaves the headings' own lines out of the content. @default true */
  readonly stripHeaders?: boolean;
  /** Marks that enclose a heading, and its level: `{ "**": 1 }` makes `**Title**` one. Name them in `headersToSplitOn` too. */
  readonly customHeaderPatterns?: Readonly<Record<string, number>>;
  /** Adds `metadata.startIndex`, as in the other splitters; only {@link MarkdownHeaderTextSplitter.splitDocuments} does. @default false */
  readonly addStartIndex?: boolean;
}

/**
 * Splits Markdown at its headings and puts them into the metadata of the text under them. It is not a TextSplitter: it has no sizes.
 *
 * @example
 * const splitter = new MarkdownHeaderTextSplitter({ headersToSplitOn: [["#", "title"]] });
 * const [section] = await splitter.splitText("# Alps\n\nHigh.");
 * console.log(section.pageContent, section.metadata); // High. { title: "Alps" }
 */
export class MarkdownHeaderTextSplitter extends BaseDocumentTransformer {
  static override lc_name(): string {
    return "MarkdownHeaderTextSplitter";
  }

  override lc_namespace = ["secondpass", "text_splitters"];
  readonly headersToSplitOn: readonly HeaderToSplitOn[];
  readonly returnEachLine: boolean;
  readonly stripHeaders: boolean;
  readonly addStartIndex: boolean;
  readonly #headings: HeadingMatcher;

  /** @throws {InvalidOptionError} */
  constructor(options: MarkdownHeaderTextSplitterOptions) {
    super();
    this.headersToSplitOn = checkHeaders(options?.headersToSplitOn);
    this.returnEachLine = options.returnEachLine ?? false;
    this.stripHeaders = options.stripHeaders ?? true;
    this.addStartIndex = options.addStartIndex ?? false;
    this.#headings = new HeadingMatcher(this.headersToSplitOn, { ...options.customHeaderPatterns });
  }

  /** The sections of a text, with nothing but their headings as metadata, as in Python. */
  async splitText(text: string): Promise<Document[]> {
    const sections = await this.#sections(text);
    return sections.map(
      ({ content, headings }) => new Document({ pageContent: content, metadata: { ...headings } }),
    );
  }

  /**
   * The sections of Documents, each with its Document's id, a copy of its metadata, its headings, and `loc.lines`; the Documents are
   * not changed.
   */
  async splitDocuments(documents: readonly DocumentInterface[]): Promise<Document[]> {
    const results: Document[] = [];
    const slices = shortStepSlices();
    for (const { pageContent: source, metadata, id } of documents) {
      const chunks = (await this.#sections(source)).map((section) => toChunk(section, source));
      const origin = { source, metadata: metadata ?? {}, id };
      for (const chunk of await chunkDocuments(chunks, origin, this.addStartIndex, slices))
        results.push(chunk);
    }
    return results;
  }

  /** The same as {@link splitDocuments}; what `invoke` calls. */
  override async transformDocuments(documents: DocumentInterface[]): Promise<Document[]> {
    return this.splitDocuments(documents);
  }

  async #sections(text: string): Promise<MarkdownSection[]> {
    const sections = await splitSections(text, this.#headings, this.stripHeaders, shortStepSlices());
    return this.returnEachLine ? sections : joinSections(sections, this.stripHeaders);
  }
}

function toChunk({ content, headings, start, end }: MarkdownSection, source: string): DescribedChunk {
  const exact = end - start === content.length && source.startsWith(content, start);
  return { text: content, start, end, exact, metadata: headings };
}

function checkHeaders(headers: readonly HeaderToSplitOn[]): readonly HeaderToSplitOn[] {
  const valid = Array.isArray(headers) && headers.every((header) => Array.isArray(header) && header[0]);
  if (valid) return headers.map(([mark, name]) => [mark, name] as const);
  throw new InvalidOptionError("headersToSplitOn", 'a list of pairs like ["#", "Header 1"]', headers);
}
