export interface TextLoaderOptions {
  /**
   * Name of the file's encoding, as Python or the WHATWG Encoding Standard spells it. @default by the byte order mark, else UTF-8
   */
  readonly encoding?: string;
  /** Whether to detect the encoding if the text is not in `encoding`, instead of throwing. @default false */
  readonly autodetectEncoding?: boolean;
  /**
   * Turns every line end into "\n", as Python does when it reads text, so that splitters also find paragraphs in files from Windows.
   * Without it, positions in the Document are positions in the decoded file. @default true
   */
  readonly universalNewlines?: boolean;
}

/** Names of {@link TextLoaderOptions}. */
export const TEXT_LOADER_OPTIONS = [
  "encoding",
  "autodetectEncoding",
  "universalNewlines",
] as const satisfies readonly (keyof TextLoaderOptions)[];
