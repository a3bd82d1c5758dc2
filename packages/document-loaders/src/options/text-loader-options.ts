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

/** The names of all of them. */
export const TEXT_LOADER_OPTIONS = [
  "encoding",
  "autodetectEncoding",
  "universalNewlines",
] as const satisfies readonly (keyof TextLoaderOptions)[];
