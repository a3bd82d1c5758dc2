import { checkBoolean, checkKnownOptions, checkOneOf, InvalidOptionError } from "@secondpass/core";
import { checkTextLoaderOptions } from "../options/check-text-loader-options.js";
import { TEXT_LOADER_OPTIONS, type TextLoaderOptions } from "../options/text-loader-options.js";
import { compileGlob } from "./compile-glob.js";
import type {
  DirectoryLoaderOptions,
  LoadersByEnding,
  MakeFileLoader,
  UnknownFileHandling,
} from "./directory-loader-options.js";
import { endingName, fileEnding } from "./file-ending.js";

/** Settings of a DirectoryLoader, from its arguments. */
export interface DirectorySettings {
  readonly recursive: boolean;
  readonly loadHidden: boolean;
  readonly onError: NonNullable<DirectoryLoaderOptions["onError"]>;
  readonly unknown: UnknownFileHandling;
  /** Loaders by ending, in lower case. */
  readonly loaders: ReadonlyMap<string, MakeFileLoader>;
  /** Options for files without a loader in `loaders`. */
  readonly text: TextLoaderOptions;
  /** Whether to load a file, by its path in the folder. */
  readonly wanted: (path: string) => boolean;
}

/** Endings of text and Markdown files. */
const TEXT_ENDINGS: readonly string[] = [".txt", ".text", ".md", ".markdown"];

const OPTIONS = [
  "glob",
  "extensions",
  "exclude",
  "loaders",
  "recursive",
  "loadHidden",
  "onError",
  ...TEXT_LOADER_OPTIONS,
] as const satisfies readonly (keyof DirectoryLoaderOptions)[];

/**
 * Reads the arguments after the folder's path: options, or LangChain.js's `(loaders, recursive, unknown)`.
 *
 * @throws {InvalidOptionError} @throws {UnknownOptionError}
 */
export function directorySettings(
  given: DirectoryLoaderOptions | LoadersByEnding | undefined,
  recursive: boolean | undefined,
  unknown: UnknownFileHandling | undefined,
): DirectorySettings {
  if (isByEnding(given)) {
    const without = Object.keys(given).find((name) => !name.startsWith("."));
    if (without !== undefined) {
      throw new InvalidOptionError(
        "loaders",
        "endings that begin with a dot, without other options",
        without,
      );
    }
    // As in LangChain.js, hidden files are loaded too.
    return settingsOf(
      { loaders: given, extensions: Object.keys(given), recursive, loadHidden: true },
      checkOneOf("unknown", unknown ?? "warn", ["ignore", "warn", "error"]),
    );
  }
  if (recursive !== undefined || unknown !== undefined) {
    throw new InvalidOptionError(
      "loaders",
      'loaders by ending, such as { ".csv": (path) => new CSVLoader(path) }, because there are further arguments',
      given,
      "Options are one object, without further arguments.",
    );
  }
  return settingsOf(given ?? {}, "ignore");
}

function isByEnding(given: unknown): given is LoadersByEnding {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return false;
  return Object.keys(given).some((name) => name.startsWith("."));
}

function settingsOf(options: DirectoryLoaderOptions, unknown: UnknownFileHandling): DirectorySettings {
  checkKnownOptions(options, OPTIONS, "DirectoryLoader");
  checkTextLoaderOptions(options);
  if (options.recursive !== undefined) checkBoolean("recursive", options.recursive);
  if (options.loadHidden !== undefined) checkBoolean("loadHidden", options.loadHidden);
  const { onError = "throw" } = options;
  if (typeof onError !== "function" && onError !== "skip" && onError !== "throw") {
    throw new InvalidOptionError("onError", '"throw", "skip" or a function', onError);
  }
  const { encoding, autodetectEncoding, universalNewlines } = options;
  const loaders = loadersOf(options.loaders);
  return {
    recursive: options.recursive ?? true,
    loadHidden: options.loadHidden ?? false,
    onError,
    unknown,
    loaders,
    text: { encoding, autodetectEncoding, universalNewlines },
    wanted: selection(options, loaders),
  };
}

function loadersOf(given: DirectoryLoaderOptions["loaders"]): ReadonlyMap<string, MakeFileLoader> {
  if (given === undefined) return new Map();
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw new InvalidOptionError("loaders", 'functions by ending, such as { ".csv": … }', given);
  }
  return new Map(
    Object.entries(given).map(([ending, make]) => {
      if (typeof make !== "function") {
        throw new InvalidOptionError(
          `loaders["${ending}"]`,
          "a function that makes a loader of a path",
          make,
        );
      }
      return [checkEnding(ending), make];
    }),
  );
}

function selection(options: DirectoryLoaderOptions, loaders: ReadonlyMap<string, MakeFileLoader>) {
  const { glob, exclude, extensions = [...TEXT_ENDINGS, ...loaders.keys()] } = options;
  const included = glob === undefined ? undefined : globs("glob", glob);
  const excluded = globs("exclude", exclude ?? []);
  if (!Array.isArray(extensions)) {
    throw new InvalidOptionError("extensions", 'a list of endings, such as [".md"]', extensions);
  }
  const endings = new Set(extensions.map(checkEnding));
  return (path: string) =>
    !excluded.some((one) => one(path)) &&
    (included?.some((one) => one(path)) ?? fileEnding(path, endings) !== undefined);
}

function globs(option: string, given: string | readonly string[]) {
  if (typeof given !== "string" && !Array.isArray(given)) {
    throw new InvalidOptionError(option, "a glob or a list of globs", given);
  }
  return [given].flat().map((glob: string) => compileGlob(glob, option));
}

function checkEnding(ending: unknown): string {
  if (typeof ending === "string" && !/^\.?$|[/\\]/.test(ending)) return endingName(ending);
  throw new InvalidOptionError("extensions", 'endings of files, such as ".md"', ending);
}
