import type { Document, DocumentInterface } from "@langchain/core/documents";
import { checkCallOptions, checkText, checkTexts } from "@secondpass/core";
import { checkMetadatas } from "./check-metadatas.js";
import { type ChunkOrigin, chunkDocuments } from "./chunks/chunk-documents.js";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import { DocumentSplitter } from "./document-splitter.js";
import type { LengthFunction } from "./length/length-function.js";
import { LengthMeter } from "./length/length-meter.js";
import type { MergeRules } from "./merging/split-merger.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import type { KeepSeparator } from "./separators/keep-separator.js";
import type { SplitOptions } from "./split-options.js";
import { resolveOptions, type TextSplitterOptions } from "./text-splitter-options.js";

/**
 * Base class of splitters whose chunks have a position in their text; a Runnable from Documents to Documents. To write a splitter,
 * implement {@link TextSplitter.locateChunks}.
 *
 * @example
 * class LineSplitter extends TextSplitter {
 *   override async locateChunks(text: string): Promise<LocatedChunk[]> {
 *     return Array.from(text.matchAll(/.+/g), ({ 0: line, index }) => ({
 *       text: line,
 *       start: index,
 *       end: index + line.length,
 *       exact: true,
 *     }));
 *   }
 * }
 * console.log(await new LineSplitter().splitText("one\ntwo")); // ["one", "two"]
 */
export abstract class TextSplitter extends DocumentSplitter {
  readonly chunkSize: number;
  readonly chunkOverlap: number;
  readonly lengthFunction: LengthFunction;
  readonly keepSeparator: KeepSeparator;
  readonly addStartIndex: boolean;
  readonly stripWhitespace: boolean;

  /** @throws {InvalidOptionError} */
  constructor(options: TextSplitterOptions = {}) {
    super();
    const resolved = resolveOptions(options);
    this.chunkSize = resolved.chunkSize;
    this.chunkOverlap = resolved.chunkOverlap;
    this.lengthFunction = resolved.lengthFunction;
    this.keepSeparator = resolved.keepSeparator;
    this.addStartIndex = resolved.addStartIndex;
    this.stripWhitespace = resolved.stripWhitespace;
  }

  /** Finds the chunks of a text in order, none of them empty, each with its position in the text. */
  abstract locateChunks(text: string, options?: SplitOptions): Promise<LocatedChunk[]>;

  /** Splits a text into chunks. Empty text gives none. @throws {InvalidOptionError} if `text` is not a string */
  async splitText(text: string, options: SplitOptions = {}): Promise<string[]> {
    checkCallOptions(options, "splitText", this.callOptions);
    return (await this.locateChunks(checkText(text, "text"), options)).map((chunk) => chunk.text);
  }

  /**
   * Splits several texts into Documents with `metadata.loc.lines` and, with `addStartIndex`, `metadata.startIndex`.
   *
   * @param metadatas additional metadata of each text's chunks, copied for every chunk. One for each text, or none at all.
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
    const origins = texts.map((source, i) => ({ source, metadata: metadatas[i] ?? {}, id: undefined }));
    return this.#splitOrigins(origins, options);
  }

  protected override async splitEach(
    documents: readonly DocumentInterface[],
    options: SplitOptions,
  ): Promise<Document[]> {
    return this.#splitOrigins(
      documents.map(({ pageContent, metadata, id }) => ({
        source: pageContent,
        metadata: metadata ?? {},
        id,
      })),
      options,
    );
  }

  async #splitOrigins(origins: readonly ChunkOrigin[], { signal }: SplitOptions): Promise<Document[]> {
    const documents: Document[] = [];
    const slices = shortStepSlices(signal);
    for (const origin of origins) {
      const chunks = await this.locateChunks(origin.source, { signal });
      signal?.throwIfAborted();
      for (const document of await chunkDocuments(chunks, origin, this.addStartIndex, slices))
        documents.push(document);
    }
    return documents;
  }

  /** Makes a meter that measures ranges of one text by the length function. */
  protected meter(text: string): LengthMeter {
    return new LengthMeter(this.lengthFunction, text);
  }

  /** Settings for merging pieces that are joined with `separator`. */
  protected mergeRules(separator: string, separatorLength: number): MergeRules {
    const { chunkSize, chunkOverlap, stripWhitespace } = this;
    return { chunkSize, chunkOverlap, stripWhitespace, separator, separatorLength };
  }
}
