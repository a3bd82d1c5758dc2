import { fileURLToPath } from "node:url";
import { BaseDocumentLoader } from "@langchain/core/document_loaders/base";
import { Document } from "@langchain/core/documents";
import { checkKnownOptions, InvalidOptionError } from "@secondpass/core";
import { decodeAnyText } from "./decode/decode-any-text.js";
import { decodeText } from "./decode/decode-text.js";
import { readBytes } from "./decode/read-bytes.js";
import { FileReadError } from "./errors/file-read-error.js";
import { checkTextLoaderOptions } from "./options/check-text-loader-options.js";
import { TEXT_LOADER_OPTIONS, type TextLoaderOptions } from "./options/text-loader-options.js";

/**
 * Loads a text file as one Document, whose `metadata.source` is the given path. The text does not include a byte order mark.
 *
 * @example
 * const [document] = await new TextLoader("notes.txt", { autodetectEncoding: true }).load();
 * console.log(document.metadata.source); // notes.txt
 */
export class TextLoader extends BaseDocumentLoader {
  /**
   * @param filePathOrBlob path or file: URL of the file, or its content; a File's source is its name, another Blob's is "blob"
   * @throws {InvalidOptionError} @throws {UnknownOptionError}
   */
  constructor(
    readonly filePathOrBlob: string | URL | Blob,
    private readonly options: TextLoaderOptions = {},
  ) {
    super();
    checkKnownOptions(options, TEXT_LOADER_OPTIONS, "TextLoader");
    checkTextLoaderOptions(options);
    const isFileUrl = filePathOrBlob instanceof URL && pathOf(filePathOrBlob) !== undefined;
    if (typeof filePathOrBlob !== "string" && !isFileUrl && !isBlob(filePathOrBlob))
      throw new InvalidOptionError("filePathOrBlob", "a path, a file: URL or a Blob", filePathOrBlob);
  }

  /**
   * @throws {FileReadError} also if it is not a regular file, such as a pipe, and for files of 2 GiB and more
   * @throws {FileDecodingError} @throws {UnknownEncodingError}
   */
  override async load(): Promise<Document[]> {
    const source = this.#source();
    const bytes = await this.#read(source);
    const text = await this.#decode(bytes, source);
    const translate = (this.options.universalNewlines ?? true) && text.includes("\r");
    const pageContent = translate ? text.replace(/\r\n?/g, "\n") : text;
    return [new Document({ pageContent, metadata: { source } })];
  }

  /** Loads the same Document; the file is read when the Document is needed. */
  async *lazyLoad(): AsyncGenerator<Document> {
    yield* await this.load();
  }

  #source(): string {
    const { filePathOrBlob: given } = this;
    if (typeof given === "string") return given;
    if (given instanceof URL) return pathOf(given) ?? given.href;
    return "name" in given && typeof given.name === "string" ? given.name : "blob";
  }

  async #read(source: string): Promise<Uint8Array> {
    if (!isBlob(this.filePathOrBlob)) return readBytes(source);
    try {
      return new Uint8Array(await this.filePathOrBlob.arrayBuffer());
    } catch (error) {
      throw new FileReadError(source, "a readable Blob", error);
    }
  }

  async #decode(bytes: Uint8Array, source: string): Promise<string> {
    const { encoding, autodetectEncoding = false } = this.options;
    return autodetectEncoding ? decodeAnyText(bytes, encoding, source) : decodeText(bytes, encoding, source);
  }
}

/** Checks the method, because a Blob may come from another realm. */
function isBlob(value: unknown): value is Blob {
  return typeof value === "object" && value !== null && "arrayBuffer" in value;
}

/** The path of a file: URL; undefined if it is another URL, or has no path on this system. */
function pathOf(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
