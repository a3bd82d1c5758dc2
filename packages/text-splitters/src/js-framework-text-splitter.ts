import { checkKnownOptions } from "@secondpass/core";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import { componentTags } from "./code/component-tags.js";
import { TooManyTagsError } from "./errors/too-many-tags-error.js";
import {
  RECURSIVE_OPTIONS,
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { compileSeparator } from "./separators/compile-separator.js";
import { SeparatorList } from "./separators/separator-list.js";
import type { SplitOptions } from "./split-options.js";

/** The options of {@link RecursiveCharacterTextSplitter}, with other defaults. */
export interface JSFrameworkTextSplitterOptions extends RecursiveCharacterTextSplitterOptions {
  /** Separators that come before all others. @default none */
  readonly separators?: readonly string[];
  /** Maximum length of a chunk, in the unit of `lengthFunction`. Minimum 1. @default 2000 */
  readonly chunkSize?: number;
  /** How much of a chunk's end the next one may repeat. 0 to `chunkSize - 1`. @default 0 */
  readonly chunkOverlap?: number;
}

/** Keywords in order of priority, each with the characters that may precede it: a line feed, and for some also a space. */
const KEYWORDS: readonly (readonly [keyword: string, ...before: string[]])[] = [
  ["export", "\n", " "],
  ["function", "\n"],
  ["async function", "\n", " "],
  ["const", "\n"],
  ["let", "\n"],
  ["var", "\n"],
  ...["class", "if", "for", "while", "switch", "case", "default"].map(
    (keyword): readonly [string, ...string[]] => [keyword, "\n", " "],
  ),
];
const JAVASCRIPT = KEYWORDS.flatMap(([keyword, ...before]) => before.map((space) => `${space}${keyword} `));
const LAST = ["<>", "\n\n", "&&\n", "||\n"];

/** More different tags than any real file has. Each tag is one more separator for which every passage is searched. */
const MAX_TAGS = 2000;

/**
 * Splits code of React (JSX), Vue and Svelte at JavaScript's keywords, then at the tags that the text opens, in the order of their
 * first occurrence. A piece without any of them stays as it is, however long.
 *
 * @example
 * const splitter = new JSFrameworkTextSplitter({ chunkSize: 20 });
 * console.log(await splitter.splitText("<main><App />\n<Footer /></main>")); // ["<main>", "<App />", "<Footer /></main>"]
 */
export class JSFrameworkTextSplitter extends RecursiveCharacterTextSplitter {
  static override lc_name(): string {
    return "JSFrameworkTextSplitter";
  }

  override readonly separators: readonly string[];

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} @throws {InvalidRegexError} */
  constructor(options: JSFrameworkTextSplitterOptions = {}) {
    checkKnownOptions(options, RECURSIVE_OPTIONS, "JSFrameworkTextSplitter");
    super({ ...options, chunkSize: options.chunkSize ?? 2000, chunkOverlap: options.chunkOverlap ?? 0 });
    this.separators = [...(options.separators ?? [])];
  }

  /** @throws {TooManyTagsError} for more than 2000 different tags */
  override async locateChunks(text: string, { signal }: SplitOptions = {}): Promise<LocatedChunk[]> {
    const tags = await componentTags(text, shortStepSlices(signal));
    if (tags.size > MAX_TAGS) throw new TooManyTagsError(tags.size, MAX_TAGS);
    const opening = Array.from(tags, (tag) => `<${tag}`);
    const separators = [...this.separators, ...JAVASCRIPT, ...opening, ...LAST];
    const compiled = separators.map((separator) => compileSeparator(separator, this.isSeparatorRegex));
    return this.locateWith(new SeparatorList(compiled), text, signal);
  }
}
