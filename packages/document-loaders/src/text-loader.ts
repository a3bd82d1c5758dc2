import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { BaseDocumentLoader } from "@langchain/core/document_loaders/base";
import { Document } from "@langchain/core/documents";
import { InvalidOptionError } from "@secondpass/core";
import { decodeText } from "./decode/decode-text.js";
import { detectEncoding } from "./decode/detect-encoding.js";
import { FileDecodingError } from "./errors/file-decoding-error.js";
import { FileReadError } from "./errors/file-read-error.js";

export interface TextLoaderOptions {
  /**
   * Name of the file's encoding, as Python or the WHATWG Encoding Standard spells it. @default by the byte order mark, else UTF-8
   */
  readonly encoding?: string;
  /** If the text is not in `encoding`, guess its encoding instead of failing. @default false */
  readonly autodetectEncoding?: boolean;
  /**
   * Makes every line end "\n", as Python does when it reads text: splitters find paragraphs in files from Windows too. Without it
   * positions in the Document are positions in the decoded file. @default true
   */
  readonly universalNewlines?: boolean;
}

/**
 * Loads a text file as one Document with `metadata.source`: the path, as given. The text does not include a byte order mark.
 *
 * @example
 * const [document] = await new TextLoader("notes.txt", { autodetectEncoding: true }).load();
 * console.log(document.metadata.source); // notes.txt
 */
export class TextLoader extends BaseDocumentLoader {
  /** @param filePathOrBlob path or file: URL of the file, or its content; a File's source is its name, another Blob's is "blob" */
  constructor(
    readonly filePathOrBlob: string | URL | Blob,
    private readonly options: TextLoaderOptions = {},
  ) {
    super();
    const given =
      typeof filePathOrBlob === "string" || filePathOrBlob instanceof URL || isBlob(filePathOrBlob);
    if (!given)
      throw new InvalidOptionError("filePathOrBlob", "a path, a file: URL or a Blob", filePathOrBlob);
  }

  /** @throws {FileReadError} @throws {FileDecodingError} @throws {UnknownEncodingError} */
  override async load(): Promise<Document[]> {
    const source = this.#source();
    const bytes = await this.#read(source);
    const text = await this.#decode(bytes, source);
    const translate = (this.options.universalNewlines ?? true) && text.includes("\r");
    const pageContent = translate ? text.replace(/\r\n?/g, "\n") : text;
    return [new Document({ pageContent, metadata: { source } })];
  }

  /** The same Document, read when it is needed. */
  async *lazyLoad(): AsyncGenerator<Document> {
    yield* await this.load();
  }

  #source(): string {
    const { filePathOrBlob: given } = this;
    if (typeof given === "string") return given;
    if (given instanceof URL) return fileURLToPath(given);
    return "name" in given && typeof given.name === "string" ? given.name : "blob";
  }

  async #read(source: string): Promise<Uint8Array> {
    try {
      if (isBlob(this.filePathOrBlob)) return new Uint8Array(await this.filePathOrBlob.arrayBuffer());
      return await readFile(source);
    } catch (error) {
      throw new FileReadError(source, "a readable text file", error);
    }
  }

  async #decode(bytes: Uint8Array, source: string): Promise<string> {
    const { encoding, autodetectEncoding = false } = this.options;
    try {
      return await decodeText(bytes, encoding, source);
    } catch (error) {
      if (!autodetectEncoding || !(error instanceof FileDecodingError)) throw error;
      return decodeText(bytes, detectEncoding(bytes), source);
    }
  }
}

/** By what it can do, since a Blob may come from another realm. */
function isBlob(value: unknown): value is Blob {
  return typeof value === "object" && value !== null && "arrayBuffer" in value;
}
