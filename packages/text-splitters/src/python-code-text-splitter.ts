import { checkKnownOptions } from "@secondpass/core";
import {
  RecursiveCharacterTextSplitter,
  type RecursiveCharacterTextSplitterOptions,
} from "./recursive-character-text-splitter.js";
import { TEXT_SPLITTER_OPTIONS } from "./text-splitter-options.js";

/**
 * Splits Python code at its classes and functions. As in LangChain Python, the language's separators are literal texts here, but
 * patterns in `RecursiveCharacterTextSplitter.fromLanguage("python")`.
 *
 * @example
 * const chunks = await new PythonCodeTextSplitter({ chunkSize: 500, chunkOverlap: 0 }).splitText(source);
 */
export class PythonCodeTextSplitter extends RecursiveCharacterTextSplitter {
  static override lc_name(): string {
    return "PythonCodeTextSplitter";
  }

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: Omit<RecursiveCharacterTextSplitterOptions, "separators"> = {}) {
    checkKnownOptions(options, [...TEXT_SPLITTER_OPTIONS, "isSeparatorRegex"], "PythonCodeTextSplitter");
    super({ ...options, separators: RecursiveCharacterTextSplitter.getSeparatorsForLanguage("python") });
  }
}
