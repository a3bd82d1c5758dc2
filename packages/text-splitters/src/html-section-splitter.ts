import { Document, type DocumentInterface } from "@langchain/core/documents";
import {
  checkCallOptions,
  checkKnownOptions,
  checkText,
  checkTexts,
  InvalidOptionError,
} from "@secondpass/core";
import { checkMetadatas } from "./check-metadatas.js";
import { cloneMetadata } from "./chunks/clone-metadata.js";
import { DocumentSplitter } from "./document-splitter.js";
import { TITLE, tagSections } from "./html/tag-sections.js";
import {
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import type { SplitOptions } from "./split-options.js";

export interface HTMLSectionSplitterOptions
  extends Omit<RecursiveCharacterTextSplitterOptions, "addStartIndex"> {
  /** Pairs of a tag and the metadata key for its text: `[["h1", "Header 1"], ["h2", "Header 2"]]`. */
  readonly headersToSplitOn: readonly (readonly [tag: string, name: string])[];
}

const OPTIONS = [
  "headersToSplitOn",
  "separators",
  "isSeparatorRegex",
  "chunkSize",
  "chunkOverlap",
  "lengthFunction",
  "keepSeparator",
  "stripWhitespace",
];

/**
 * Splits HTML at headers and at elements whose style has a font size of more than 20 px, which count as `h1`. The header is in the metadata of its
 * section and in its content. The header of the text before the first one is "#TITLE#", or the `Title` of its Document's metadata.
 * {@link splitDocuments} splits long sections further, with the options of {@link RecursiveCharacterTextSplitter}.
 *
 * The content is the text as libxml2 and Beautiful Soup read it, so it has no exact position in the source, and the metadata have no
 * `startIndex` and no `loc`.
 *
 * @example
 * const splitter = new HTMLSectionSplitter({ headersToSplitOn: [["h1", "title"]] });
 * const [section] = await splitter.splitText("<body><h1>Alps</h1><p>High.</p></body>");
 * console.log(section.metadata); // { title: "#TITLE#" }
 */
export class HTMLSectionSplitter extends DocumentSplitter {
  static override lc_name(): string {
    return "HTMLSectionSplitter";
  }

  readonly headersToSplitOn: ReadonlyMap<string, string>;
  readonly #splitter: RecursiveCharacterTextSplitter;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} @throws {InvalidRegexError} */
  constructor(options: HTMLSectionSplitterOptions) {
    checkKnownOptions(options, OPTIONS, "HTMLSectionSplitter");
    super();
    const { headersToSplitOn, ...sizes } = options ?? {};
    this.headersToSplitOn = new Map(checkPairs(headersToSplitOn));
    this.#splitter = new RecursiveCharacterTextSplitter(sizes);
  }

  /**
   * Splits a text into sections, with their headers as metadata. Empty text gives none.
   *
   * @throws {InvalidOptionError} if `text` is not a string
   * @throws {NestedHeadersError} if nested headers together have a million characters more than the text
   */
  async splitText(text: string, options: SplitOptions = {}): Promise<Document[]> {
    checkCallOptions(options, "splitText", this.callOptions);
    const tags = new Set(this.headersToSplitOn.keys());
    const sections = await tagSections(checkText(text, "text"), tags, shortStepSlices(options.signal));
    return sections.map(({ header, tag, content }) => {
      const name = this.headersToSplitOn.get(tag);
      return new Document({ pageContent: content, metadata: name === undefined ? {} : own(name, header) });
    });
  }

  /**
   * Splits several texts into sections of any length.
   *
   * @param metadatas additional metadata of each text's sections, copied for every section. One for each text, or none at all.
   * @throws {InvalidOptionError} if `texts` is not an array of strings, or there are metadatas for some texts only
   */
  async createDocuments(
    texts: readonly string[],
    metadatas: readonly Record<string, unknown>[] = [],
    options: SplitOptions = {},
  ): Promise<Document[]> {
    checkTexts(texts);
    checkCallOptions(options, "createDocuments", this.callOptions);
    checkMetadatas(metadatas, texts.length, "one for each text");
    const documents: Document[] = [];
    for (const [index, text] of texts.entries()) {
      const metadata = metadatas[index] ?? {};
      for (const section of await this.splitText(text, options)) {
        documents.push(
          new Document({
            pageContent: section.pageContent,
            metadata: { ...cloneMetadata(metadata), ...named(section.metadata, metadata.Title) },
          }),
        );
      }
    }
    return documents;
  }

  /** Splits sections that are too long further. */
  protected override async splitEach(
    documents: readonly DocumentInterface[],
    options: SplitOptions,
  ): Promise<Document[]> {
    const results: Document[] = [];
    for (const { pageContent, metadata, id } of documents) {
      for (const section of await this.createDocuments([pageContent], [metadata ?? {}], options)) {
        for (const chunk of await this.#splitter.splitText(section.pageContent, options)) {
          results.push(new Document({ pageContent: chunk, metadata: cloneMetadata(section.metadata), id }));
        }
      }
    }
    return results;
  }
}

/** The metadata of a section, with the Document's title, if it has one, in place of "#TITLE#". */
function named(metadata: Record<string, unknown>, title: unknown): Record<string, unknown> {
  const isTitle = (value: unknown) => value === TITLE && title !== undefined;
  return Object.fromEntries(
    Object.entries(metadata).map(([name, value]) => [name, isTitle(value) ? title : value]),
  );
}

function own(name: string, value: string): Record<string, string> {
  return Object.fromEntries([[name, value]]);
}

function checkPairs(headers: unknown): readonly (readonly [string, string])[] {
  const isPair = (header: unknown) =>
    Array.isArray(header) && typeof header[0] === "string" && typeof header[1] === "string";
  if (Array.isArray(headers) && headers.every(isPair)) return headers.map(([tag, name]) => [tag, name]);
  throw new InvalidOptionError("headersToSplitOn", 'a list of pairs like ["h1", "Header 1"]', headers);
}
