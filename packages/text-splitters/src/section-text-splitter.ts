import { Document, type DocumentInterface } from "@langchain/core/documents";
import { checkCallOptions, checkText } from "@secondpass/core";
import { chunkDocuments, type DescribedChunk } from "./chunks/chunk-documents.js";
import { DocumentSplitter } from "./document-splitter.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import type { SplitOptions } from "./split-options.js";

/**
 * Base class of splitters that make sections with their own metadata, such as the headings above them. Sections have no size limit.
 *
 * @example
 * const splitter: SectionTextSplitter = new HTMLHeaderTextSplitter({ headersToSplitOn: [["h1", "title"]] });
 * const sections = await splitter.splitText("<h1>Caches</h1><p>A cache keeps results.</p>");
 */
export abstract class SectionTextSplitter extends DocumentSplitter {
  /** @param addStartIndex whether {@link splitDocuments} adds `metadata.startIndex`, as in the other splitters */
  constructor(readonly addStartIndex: boolean) {
    super();
  }

  /** Finds the sections of a text in order, each with its position and its metadata. */
  protected abstract locateSections(text: string, options: SplitOptions): Promise<DescribedChunk[]>;

  /** Splits a text into sections with only their own metadata, as in Python. Empty text gives none. @throws {InvalidOptionError} if `text` is not a string */
  async splitText(text: string, options: SplitOptions = {}): Promise<Document[]> {
    checkCallOptions(options, "splitText", this.callOptions);
    const sections = await this.locateSections(checkText(text, "text"), options);
    return sections.map(
      ({ text: pageContent, metadata }) => new Document({ pageContent, metadata: { ...metadata } }),
    );
  }

  /** Each section also has its own metadata and `loc.lines`. */
  protected override async splitEach(
    documents: readonly DocumentInterface[],
    options: SplitOptions,
  ): Promise<Document[]> {
    const results: Document[] = [];
    const slices = shortStepSlices(options.signal);
    for (const { pageContent: source, metadata, id } of documents) {
      const sections = await this.locateSections(source, options);
      const origin = { source, metadata: metadata ?? {}, id };
      for (const document of await chunkDocuments(sections, origin, this.addStartIndex, slices))
        results.push(document);
      options.signal?.throwIfAborted();
    }
    return results;
  }
}
