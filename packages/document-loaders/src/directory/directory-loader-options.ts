import type { Document } from "@langchain/core/documents";
import type { TextLoaderOptions } from "../options/text-loader-options.js";

/** A loader of one file; `lazyLoad` is used if there is one. */
export interface FileLoader {
  load(): Promise<Document[]>;
  lazyLoad?(): AsyncIterable<Document>;
}

export type MakeFileLoader = (path: string) => FileLoader;

/** Loaders by the ending of files, which begins with a dot: `{ ".csv": (path) => new CSVLoader(path) }`. */
export type LoadersByEnding = Readonly<Record<`.${string}`, MakeFileLoader>>;

/** Options of {@link DirectoryLoader}. The options of {@link TextLoader} are for files without a loader in `loaders`. */
export interface DirectoryLoaderOptions extends TextLoaderOptions {
  /**
   * Files to load: `*`, `?`, `[a-z]`, `{md,txt}`, and `**` for any number of folders. A glob may begin at any folder: `*.md` matches
   * Markdown files at any depth. @default files with one of the `extensions`
   */
  readonly glob?: string | readonly string[];
  /**
   * Endings of the files to load, in upper or lower case: ".md", or ".tar.gz". Ignored if there is a `glob`. @default text and Markdown,
   * and those of `loaders`
   */
  readonly extensions?: readonly string[];
  /** Globs of files to leave out. */
  readonly exclude?: string | readonly string[];
  /** Loaders by ending: `{ ".csv": (path) => new CSVLoader(path) }`. The longest ending counts. @default TextLoader for everything */
  readonly loaders?: Readonly<Record<string, MakeFileLoader>>;
  /** Go into folders in the folder. @default true */
  readonly recursive?: boolean;
  /** Also load files, and go into folders, whose name begins with a dot. @default false */
  readonly loadHidden?: boolean;
  /**
   * What to do if a file cannot be loaded, or a subfolder cannot be listed. "throw" throws the error; "skip" continues without it; a
   * function is called and awaited, then loading continues. @default "throw"
   */
  readonly onError?: "throw" | "skip" | ((error: unknown, path: string) => void);
}

/** What to do with files without a loader: LangChain.js's fourth argument. */
export type UnknownFileHandling = "ignore" | "warn" | "error";
