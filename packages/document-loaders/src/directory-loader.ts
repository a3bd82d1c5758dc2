import { extname, join } from "node:path";
import { BaseDocumentLoader } from "@langchain/core/document_loaders/base";
import type { Document } from "@langchain/core/documents";
import { InvalidOptionError } from "@secondpass/core";
import type {
  DirectoryLoaderOptions,
  FileLoader,
  LoadersByEnding,
  UnknownFileHandling,
} from "./directory/directory-loader-options.js";
import { type DirectorySettings, directorySettings } from "./directory/directory-settings.js";
import { fileEnding } from "./directory/file-ending.js";
import { listFiles } from "./directory/list-files.js";
import { UnknownFileTypeError } from "./errors/unknown-file-type-error.js";
import { TextLoader } from "./text-loader.js";

/**
 * Loads the text and Markdown files of a folder, in the order of their paths (by character codes). Every Document's
 * `metadata.source` is the file's path, which begins with the given path of the folder.
 *
 * @example
 * const loader = new DirectoryLoader("docs", { glob: "*.md", exclude: "drafts/**" });
 * for await (const { pageContent, metadata } of loader.lazyLoad()) {
 *   console.log(metadata.source, pageContent.length);
 * }
 */
export class DirectoryLoader extends BaseDocumentLoader {
  readonly #settings: DirectorySettings;

  /**
   * @param path path of the folder
   * @throws {InvalidOptionError} @throws {UnknownOptionError}
   */
  constructor(path: string, options?: DirectoryLoaderOptions);
  /**
   * As in LangChain.js: loads the files with these endings, also hidden ones.
   *
   * @param loaders loaders by ending; an ending begins with a dot
   * @param recursive go into folders in the folder. @default true
   * @param unknown what happens to other files: "warn" warns once for each ending, "error" throws an UnknownFileTypeError. @default "warn"
   */
  constructor(path: string, loaders: LoadersByEnding, recursive?: boolean, unknown?: UnknownFileHandling);
  constructor(
    readonly path: string,
    given?: DirectoryLoaderOptions | LoadersByEnding,
    recursive?: boolean,
    unknown?: UnknownFileHandling,
  ) {
    super();
    if (typeof path !== "string" || path === "")
      throw new InvalidOptionError("path", "the path of a folder", path);
    this.#settings = directorySettings(given, recursive, unknown);
  }

  /**
   * @throws {FileReadError} if the folder cannot be read
   * @throws {UnknownFileTypeError} if a file has no loader and `unknown` is "error"
   * @throws the error of a file's loader, unless `onError` handles it
   */
  override async load(): Promise<Document[]> {
    const documents: Document[] = [];
    for await (const document of this.lazyLoad()) documents.push(document);
    return documents;
  }

  /** Loads file by file; a file is loaded when its first Document is needed. */
  async *lazyLoad(): AsyncGenerator<Document> {
    const { recursive, loadHidden, onError } = this.#settings;
    const fail = async (error: unknown, path: string) => {
      if (onError === "throw") throw error;
      if (onError !== "skip") await onError(error, path);
    };
    const wanted = this.#wantedFiles();
    for await (const file of listFiles(this.path, { recursive, loadHidden, wanted, onError: fail })) {
      const path = join(this.path, file);
      try {
        yield* await this.#loadFile(path);
      } catch (error) {
        await fail(error, path);
      }
    }
  }

  async #loadFile(path: string): Promise<AsyncIterable<Document> | Iterable<Document>> {
    const { loaders, text } = this.#settings;
    const ending = fileEnding(path, loaders);
    if (ending === undefined) return new TextLoader(path, text).lazyLoad();
    const loader: Partial<FileLoader> | undefined = loaders.get(ending)?.(path);
    const documents = loader?.lazyLoad?.() ?? (await loader?.load?.());
    if (typeof documents === "object" && documents !== null) {
      if (Symbol.asyncIterator in documents || Symbol.iterator in documents) return documents;
    }
    throw new InvalidOptionError(
      `loaders["${ending}"]`,
      "a function that makes a loader, whose load() resolves to a list of Documents",
      loader?.load ? documents : loader,
    );
  }

  #wantedFiles(): (file: string) => boolean {
    const { wanted, unknown } = this.#settings;
    if (unknown === "ignore") return wanted;
    const warned = new Set<string>();
    return (file) => {
      if (wanted(file)) return true;
      const path = join(this.path, file);
      if (unknown === "error") throw new UnknownFileTypeError(path);
      const ending = extname(path);
      if (!warned.has(ending)) warnOf(path, ending);
      warned.add(ending);
      return false;
    };
  }
}

function warnOf(path: string, ending: string): void {
  const others = ending === "" ? "other files without an ending" : `others that end in ${ending}`;
  process.emitWarning(
    `DirectoryLoader leaves out ${JSON.stringify(path)} and ${others}: no loader is given for them.`,
    { code: "SECONDPASS_UNKNOWN_FILE_TYPE" },
  );
}
