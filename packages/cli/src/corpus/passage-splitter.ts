import { createHash } from "node:crypto";
import { Document } from "@langchain/core/documents";
import { RecursiveCharacterTextSplitter } from "@secondpass/text-splitters";
import type { CorpusSettings } from "./corpus-settings.js";
import { type FileKind, fileKind } from "./file-kind.js";
import { htmlText } from "./html-text.js";
import { LineStarts } from "./line-starts.js";
import { withUnixLines } from "./located-text.js";

/** Metadata of a passage in an index. */
export interface PassageMetadata {
  /** Path of the file in the folder, with "/". */
  readonly source: string;
  /** SHA-256 of the file's text, hexadecimal. */
  readonly fileHash: string;
  /** Where the passage begins and ends in the file's text, in UTF-16 units. */
  readonly startIndex: number;
  readonly endIndex: number;
  /** Its first and last line, counted from 1. */
  readonly loc: { readonly lines: { readonly from: number; readonly to: number } };
}

/** A file's text. */
export interface FileText {
  readonly source: string;
  readonly text: string;
}

/** Splits files into passages according to their kind: Markdown at headings, code at definitions, HTML by its text. */
export class PassageSplitter {
  readonly #splitters = new Map<FileKind, RecursiveCharacterTextSplitter>();

  constructor(readonly settings: Pick<CorpusSettings, "chunkSize" | "chunkOverlap">) {}

  /**
   * Splits a file into passages, in their order. Their ids depend only on path, text and place: the same file gives the same ids.
   */
  async split(
    { source, text }: FileText,
    signal?: AbortSignal,
  ): Promise<Document<PassageMetadata & Record<string, unknown>>[]> {
    const kind = fileKind(source);
    const located = kind === "html-text" ? htmlText(text) : withUnixLines(text);
    const chunks = await this.#splitter(kind).createDocuments([located.text], undefined, { signal });
    const hash = textHash(text);
    const lines = new LineStarts(text);
    return chunks.map(({ pageContent, metadata }, place) => {
      const start = metadata.startIndex as number;
      const startIndex = located.sourceIndex(start);
      // The end of the last character: the text after it may come from another place of the source.
      const endIndex = located.sourceIndex(start + pageContent.length - 1) + 1;
      const id = createHash("sha256").update(JSON.stringify([source, hash, place, startIndex, endIndex]));
      return new Document({
        id: id.digest("hex").slice(0, 32),
        pageContent,
        metadata: {
          source,
          fileHash: hash,
          startIndex,
          endIndex,
          loc: { lines: { from: lines.lineOf(startIndex), to: lines.lineOf(endIndex - 1) } },
        },
      });
    });
  }

  #splitter(kind: FileKind): RecursiveCharacterTextSplitter {
    const { chunkSize, chunkOverlap } = this.settings;
    const options = { chunkSize, chunkOverlap, addStartIndex: true };
    const splitter =
      this.#splitters.get(kind) ??
      (kind === "text" || kind === "html-text"
        ? new RecursiveCharacterTextSplitter(options)
        : RecursiveCharacterTextSplitter.fromLanguage(kind, options));
    this.#splitters.set(kind, splitter);
    return splitter;
  }
}

/** Returns the hash of a text, which shows whether a file has changed. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
