import { checkKnownOptions } from "@secondpass/core";
import {
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";
import { TEXT_SPLITTER_OPTIONS } from "./text-splitter-options.js";

/**
 * Splits LaTeX at its sections and environments. As in LangChain Python, the language's separators are literal texts here, but
 * patterns in `RecursiveCharacterTextSplitter.fromLanguage("latex")`.
 *
 * @example
 * const chunks = await new LatexTextSplitter({ chunkSize: 500, chunkOverlap: 50 }).splitText(latex);
 */
export class LatexTextSplitter extends RecursiveCharacterTextSplitter {
  static override lc_name(): string {
    return "LatexTextSplitter";
  }

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: Omit<RecursiveCharacterTextSplitterOptions, "separators"> = {}) {
    checkKnownOptions(options, [...TEXT_SPLITTER_OPTIONS, "isSeparatorRegex"], "LatexTextSplitter");
    super({ ...options, separators: RecursiveCharacterTextSplitter.getSeparatorsForLanguage("latex") });
  }
}
