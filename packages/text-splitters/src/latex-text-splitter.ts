import {
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";

/**
 * Splits along LaTeX's sections and environments. As in LangChain Python, the language's separators are taken as literal texts here and
 * as patterns by `RecursiveCharacterTextSplitter.fromLanguage("latex")`.
 *
 * @example
 * const chunks = await new LatexTextSplitter({ chunkSize: 500, chunkOverlap: 50 }).splitText(latex);
 */
export class LatexTextSplitter extends RecursiveCharacterTextSplitter {
  static override lc_name(): string {
    return "LatexTextSplitter";
  }

  /** @throws {InvalidOptionError} */
  constructor(options: Omit<RecursiveCharacterTextSplitterOptions, "separators"> = {}) {
    super({ ...options, separators: RecursiveCharacterTextSplitter.getSeparatorsForLanguage("latex") });
  }
}
