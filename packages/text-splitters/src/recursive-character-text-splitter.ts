import {
  checkBoolean,
  checkKnownOptions,
  InvalidOptionError,
  type WorkSlices,
  workSlices,
} from "@secondpass/core";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import type { LengthMeter } from "./length/length-meter.js";
import { PieceWindow } from "./merging/piece-window.js";
import { SplitMerger } from "./merging/split-merger.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { compileSeparator } from "./separators/compile-separator.js";
import {
  LANGUAGE_SEPARATORS,
  type SupportedTextSplitterLanguage,
  SupportedTextSplitterLanguages,
} from "./separators/language-separators.js";
import { SeparatorList } from "./separators/separator-list.js";
import type { SplitOptions } from "./split-options.js";
import { TextSplitter } from "./text-splitter.js";
import { TEXT_SPLITTER_OPTIONS, type TextSplitterOptions } from "./text-splitter-options.js";

export interface RecursiveCharacterTextSplitterOptions extends TextSplitterOptions {
  /** Separators at which texts are split, the most important first; "" splits at every character. @default ["\n\n", "\n", " ", ""] */
  readonly separators?: readonly string[];
  /** Whether the separators are regular expressions, in the syntax of Python's `re`. @default false */
  readonly isSeparatorRegex?: boolean;
}

/** Options of {@link RecursiveCharacterTextSplitter.fromLanguage}; the language determines the separators. */
export type LanguageTextSplitterOptions = Omit<
  RecursiveCharacterTextSplitterOptions,
  "separators" | "isSeparatorRegex"
>;

/** Names of the options of {@link RecursiveCharacterTextSplitter}. */
export const RECURSIVE_OPTIONS = [...TEXT_SPLITTER_OPTIONS, "separators", "isSeparatorRegex"] as const;

const DEFAULT_SEPARATORS: readonly string[] = ["\n\n", "\n", " ", ""];

/** State of the splitting of one text. */
interface Job {
  readonly chunks: LocatedChunk[];
  readonly separators: SeparatorList;
  readonly meter: LengthMeter;
  readonly slices: WorkSlices;
  /** A window for each level: passages of the same level are never split at the same time. */
  readonly windows: PieceWindow[];
}

/**
 * Splits a text at the first separator that occurs, then each piece that is still too long at the next one, and so on. Merges
 * neighbouring pieces that are short enough.
 *
 * @example
 * const splitter = new RecursiveCharacterTextSplitter({ chunkSize: 10, chunkOverlap: 0, addStartIndex: true });
 * const documents = await splitter.createDocuments(["One two.\n\nThree."]);
 * console.log(documents.map(({ pageContent, metadata }) => [pageContent, metadata.startIndex]));
 * // [["One two.", 0], ["Three.", 10]]
 */
export class RecursiveCharacterTextSplitter extends TextSplitter {
  static override lc_name(): string {
    return "RecursiveCharacterTextSplitter";
  }

  readonly separators: readonly string[];
  readonly isSeparatorRegex: boolean;
  readonly #separators: SeparatorList;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} @throws {InvalidRegexError} */
  constructor(options: RecursiveCharacterTextSplitterOptions = {}) {
    checkKnownOptions(options, RECURSIVE_OPTIONS, new.target.lc_name());
    super({ ...options, keepSeparator: options.keepSeparator ?? true });
    const { separators = DEFAULT_SEPARATORS, isSeparatorRegex = false } = options;
    if (!Array.isArray(separators) || separators.some((separator) => typeof separator !== "string")) {
      throw new InvalidOptionError("separators", "a list of strings", separators);
    }
    // As in Python, an empty list means the default.
    this.separators = separators.length > 0 ? [...separators] : DEFAULT_SEPARATORS;
    this.isSeparatorRegex = checkBoolean("isSeparatorRegex", isSeparatorRegex);
    this.#separators = new SeparatorList(
      this.separators.map((separator) => compileSeparator(separator, isSeparatorRegex)),
    );
  }

  /**
   * Makes a splitter for source code in the given language.
   *
   * @throws {UnknownOptionError}
   * @throws {InvalidOptionError} for a language that Python has no separators for
   */
  static fromLanguage(
    language: SupportedTextSplitterLanguage,
    options: LanguageTextSplitterOptions = {},
  ): RecursiveCharacterTextSplitter {
    const separators = RecursiveCharacterTextSplitter.getSeparatorsForLanguage(language);
    checkKnownOptions(options, TEXT_SPLITTER_OPTIONS, "RecursiveCharacterTextSplitter.fromLanguage");
    return new RecursiveCharacterTextSplitter({ ...options, separators, isSeparatorRegex: true });
  }

  /**
   * Returns the separators of a language, as patterns of Python's `re`.
   *
   * @throws {InvalidOptionError} for a language that Python has no separators for
   */
  static getSeparatorsForLanguage(language: SupportedTextSplitterLanguage): string[] {
    if (!SupportedTextSplitterLanguages.includes(language)) {
      throw new InvalidOptionError(
        "language",
        `one of ${SupportedTextSplitterLanguages.join(", ")}`,
        language,
      );
    }
    return [...LANGUAGE_SEPARATORS[language]];
  }

  override async locateChunks(text: string, { signal }: SplitOptions = {}): Promise<LocatedChunk[]> {
    return this.locateWith(this.#separators, text, signal);
  }

  /** Splits a text with a list of separators, which may depend on the text. */
  protected async locateWith(
    separators: SeparatorList,
    text: string,
    signal: AbortSignal | undefined,
  ): Promise<LocatedChunk[]> {
    const meter = this.meter(text);
    const job: Job = {
      chunks: [],
      separators,
      meter,
      slices: meter.custom ? workSlices(signal) : shortStepSlices(signal),
      windows: [],
    };
    await this.#splitPassage(job, text, 0, 0);
    return job.chunks;
  }

  /**
   * Splits a passage of the source, which starts at `offset`, with the separators from number `level` on. As in Python, the passage is a
   * separate text: lookarounds and anchors do not see the text before and after it.
   */
  async #splitPassage(job: Job, passage: string, offset: number, level: number): Promise<void> {
    const { chunks, separators, meter, slices } = job;
    const found = separators.firstIn(passage, level);
    const separator = separators.at(found);
    const nextLevel = separator.everyCharacter ? separators.length : found + 1;
    const between = this.keepSeparator === false ? separator.raw : "";
    const separatorLength = await meter.measureSeparator(between);
    const rules = this.mergeRules(between, separatorLength);
    job.windows[level] ??= new PieceWindow();
    const merger = new SplitMerger(passage, offset, rules, chunks, job.windows[level]);

    const pieces = separator.pieces(passage, this.keepSeparator);
    while (pieces.next()) {
      const { start, end } = pieces;
      const measured = meter.measure(offset + start, offset + end);
      const length = typeof measured === "number" ? measured : await measured;
      if (length < this.chunkSize) {
        merger.push(start, end, length);
      } else {
        merger.flush();
        const piece = passage.slice(start, end);
        if (nextLevel < separators.length) {
          await this.#splitPassage(job, piece, offset + start, nextLevel);
        } else {
          // Too long, and no separator is left: as in Python, the piece is a chunk, including its whitespace.
          chunks.push({ text: piece, start: offset + start, end: offset + end, exact: true });
        }
      }
      if (slices.due()) await slices.pause();
    }
    merger.flush();
  }
}
