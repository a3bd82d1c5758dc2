import { checkKnownOptions } from "@secondpass/core";
import {
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";
import { TEXT_SPLITTER_OPTIONS } from "./text-splitter-options.js";

/**
 * Splits Markdown at its headings, code fences and rules. As in LangChain Python, the language's separators are literal texts here, but
 * patterns in `RecursiveCharacterTextSplitter.fromLanguage("markdown")`.
 *
 * @example
 * const chunks = await new MarkdownTextSplitter({ chunkSize: 500, chunkOverlap: 50 }).splitText(markdown);
 */
export class MarkdownTextSplitter extends RecursiveCharacterTextSplitter {
  static override lc_name(): string {
    return "MarkdownTextSplitter";
  }

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: Omit<RecursiveCharacterTextSplitterOptions, "separators"> = {}) {
    checkKnownOptions(options, [...TEXT_SPLITTER_OPTIONS, "isSeparatorRegex"], "MarkdownTextSplitter");
    super({ ...options, separators: RecursiveCharacterTextSplitter.getSeparatorsForLanguage("markdown") });
  }
}
