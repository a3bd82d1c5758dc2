import {
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";

/**
 * Splits along Python's classes and functions. As in LangChain Python, the language's separators are taken as literal texts here and
 * as patterns by `RecursiveCharacterTextSplitter.fromLanguage("python")`.
 *
 * @example
 * const chunks = await new PythonCodeTextSplitter({ chunkSize: 500, chunkOverlap: 0 }).splitText(source);
 */
export class PythonCodeTextSplitter extends RecursiveCharacterTextSplitter {
  static override lc_name(): string {
    return "PythonCodeTextSplitter";
  }

  /** @throws {InvalidOptionError} */
  constructor(options: Omit<RecursiveCharacterTextSplitterOptions, "separators"> = {}) {
    super({ ...options, separators: RecursiveCharacterTextSplitter.getSeparatorsForLanguage("python") });
  }
}
