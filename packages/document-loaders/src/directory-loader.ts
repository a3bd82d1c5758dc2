import { extname, join } from "node:path";
import { BaseDocumentLoader } from "@langchain/core/document_loaders/base";
import type { Document } from "@langchain/core/documents";
import { InvalidOptionError } from "@secondpass/core";
import { compileGlob } from "./directory/compile-glob.js";
import { listFiles } from "./directory/list-files.js";
import { TextLoader, type TextLoaderOptions } from "./text-loader.js";

/** A loader of one file; `lazyLoad` is used if there is one. */
export interface FileLoader {
  load(): Promise<Document[]>;
  lazyLoad?(): AsyncIterable<Document>;
}

export type MakeFileLoader = (path: string) => FileLoader;

/** The options of {@link TextLoader} are those of the loader for files that have none of their own. */
export interface DirectoryLoaderOptions extends TextLoaderOptions {
  /**
   * Which files to load: `*`, `?`, `[a-z]`, `{md,txt}`, and `**` for any number of folders. A glob may begin at any folder: `*.md` names
   * Markdown files at any depth. @default files with one of the `extensions`
   */
  readonly glob?: string | readonly string[];
  /** Endings of the files to load, in any case. Not looked at if there is a `glob`. @default text and Markdown, and those of `loaders` */
  readonly extensions?: readonly string[];
  /** Globs of files to leave out. */
  readonly exclude?: string | readonly string[];
  /** Loaders by ending: `{ ".csv": (path) => new CSVLoader(path) }`. @default TextLoader for everything */
  readonly loaders?: Readonly<Record<string, MakeFileLoader>>;
  /** Go into folders in the folder. @default true */
  readonly recursive?: boolean;
  /** Also load files, and go into folders, whose name begins with a dot. @default false */
  readonly loadHidden?: boolean;
  /**
   * What becomes of a file that cannot be loaded: "throw" ends the loading with its error, "skip" goes on without it, a function is
   * told and goes on. @default "throw"
   */
  readonly onError?: "throw" | "skip" | ((error: unknown, path: string) => void);
}

/** Endings of text and Markdown files. */
const TEXT_EXTENSIONS: readonly string[] = [".txt", ".text", ".md", ".markdown"];

/**
 * Loads the text and Markdown files in a folder, in the order of their paths (by character codes). Every Document's
 * `metadata.source` is the file's path, beginning with the folder's as given.
 *
 * @example
 * const loader = new DirectoryLoader("docs", { glob: "*.md", exclude: "drafts/**" });
 * for await (const { pageContent, metadata } of loader.lazyLoad()) {
 *   console.log(metadata.source, pageContent.length);
 * }
 */
export class DirectoryLoader extends BaseDocumentLoader {
  readonly #wanted: (path: string) => boolean;
  readonly #loaders: ReadonlyMap<string, MakeFileLoader>;

  /** @throws {InvalidOptionError} */
  constructor(
    readonly path: string,
    private readonly options: DirectoryLoaderOptions = {},
  ) {
    super();
    if (typeof path !== "string" || path === "")
      throw new InvalidOptionError("path", "the path of a folder", path);
    this.#loaders = new Map(
      Object.entries(options.loaders ?? {}).map(([extension, make]) => [extensionName(extension), make]),
    );
    this.#wanted = this.#selection();
  }

  /**
   * @throws {FileReadError} for the folder
   * @throws whatever a file's loader throws, unless `onError` says otherwise
   */
  override async load(): Promise<Document[]> {
    const documents: Document[] = [];
    for await (const document of this.lazyLoad()) documents.push(document);
    return documents;
  }

  /** Loads file by file, each when its first Document is needed. */
  async *lazyLoad(): AsyncGenerator<Document> {
    const { recursive = true, loadHidden = false, onError = "throw" } = this.options;
    for (const file of await listFiles(this.path, { recursive, loadHidden })) {
      if (!this.#wanted(file)) continue;
      const path = join(this.path, file);
      try {
        const loader = this.#loaderOf(path);
        yield* loader.lazyLoad?.() ?? (await loader.load());
      } catch (error) {
        if (onError === "throw") throw error;
        if (onError !== "skip") onError(error, path);
      }
    }
  }

  #loaderOf(path: string): FileLoader {
    const make = this.#loaders.get(extname(path).toLowerCase());
    return make?.(path) ?? new TextLoader(path, this.options);
  }

  #selection(): (path: string) => boolean {
    const { glob, exclude = [], extensions = [...TEXT_EXTENSIONS, ...this.#loaders.keys()] } = this.options;
    const excluded = list(exclude).map((one) => compileGlob(one, "exclude"));
    const included = glob === undefined ? undefined : list(glob).map((one) => compileGlob(one, "glob"));
    const endings = new Set(extensions.map(extensionName));
    return (path) =>
      !excluded.some((one) => one(path)) &&
      (included?.some((one) => one(path)) ?? endings.has(extname(path).toLowerCase()));
  }
}

function list(oneOrMany: string | readonly string[]): readonly string[] {
  return typeof oneOrMany === "string" ? [oneOrMany] : oneOrMany;
}

/** ".md" for "md", ".md" and ".MD". */
function extensionName(extension: string): string {
  const lower = extension.toLowerCase();
  return lower.startsWith(".") ? lower : `.${lower}`;
}
