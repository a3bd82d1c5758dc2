import { checkBoolean, checkKnownOptions, InvalidOptionError, workSlices } from "@secondpass/core";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import { SplitMerger } from "./merging/split-merger.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { compileSeparator } from "./separators/compile-separator.js";
import type { Separator } from "./separators/separator.js";
import type { SplitOptions } from "./split-options.js";
import { TextSplitter } from "./text-splitter.js";
import { TEXT_SPLITTER_OPTIONS, type TextSplitterOptions } from "./text-splitter-options.js";

export interface CharacterTextSplitterOptions extends TextSplitterOptions {
  /** Separator at which texts are split; "" splits at every character. @default "\n\n" */
  readonly separator?: string;
  /** Whether `separator` is a regular expression, in the syntax of Python's `re`. @default false */
  readonly isSeparatorRegex?: boolean;
}

const OPTIONS = [...TEXT_SPLITTER_OPTIONS, "separator", "isSeparatorRegex"];

/**
 * Splits texts at one separator and merges the pieces into chunks. A piece longer than `chunkSize` stays as it is.
 *
 * @example
 * const splitter = new CharacterTextSplitter({ separator: " ", chunkSize: 8, chunkOverlap: 0 });
 * console.log(await splitter.splitText("one two three")); // ["one two", "three"]
 */
export class CharacterTextSplitter extends TextSplitter {
  static override lc_name(): string {
    return "CharacterTextSplitter";
  }

  readonly separator: string;
  readonly isSeparatorRegex: boolean;
  readonly #separator: Separator;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} @throws {InvalidRegexError} */
  constructor(options: CharacterTextSplitterOptions = {}) {
    checkKnownOptions(options, OPTIONS, "CharacterTextSplitter");
    super(options);
    this.separator = options.separator ?? "\n\n";
    this.isSeparatorRegex = checkBoolean("isSeparatorRegex", options.isSeparatorRegex ?? false);
    if (typeof this.separator !== "string") {
      throw new InvalidOptionError("separator", "a string", this.separator);
    }
    this.#separator = compileSeparator(this.separator, this.isSeparatorRegex);
  }

  override async locateChunks(text: string, { signal }: SplitOptions = {}): Promise<LocatedChunk[]> {
    const chunks: LocatedChunk[] = [];
    const meter = this.meter(text);
    const slices = meter.custom ? workSlices(signal) : shortStepSlices(signal);
    const separator = this.#mergeSeparator();
    const separatorLength = await meter.measureSeparator(separator);
    const merger = new SplitMerger(text, 0, this.mergeRules(separator, separatorLength), chunks);
    const pieces = this.#separator.pieces(text, this.keepSeparator);
    while (pieces.next()) {
      const { start, end } = pieces;
      const length = meter.measure(start, end);
      merger.push(start, end, typeof length === "number" ? length : await length);
      if (slices.due()) await slices.pause();
    }
    merger.flush();
    return chunks;
  }

  /** Text between merged pieces: none if separators are kept or are lookarounds, else the separator as written. */
  #mergeSeparator(): string {
    const looksAround = this.isSeparatorRegex && /^\(\?<?[=!]/.test(this.separator);
    return this.keepSeparator !== false || looksAround ? "" : this.separator;
  }
}
