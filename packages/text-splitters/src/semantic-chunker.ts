import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import {
  checkHasMethod,
  checkKnownOptions,
  checkNumber,
  checkOneOf,
  checkPositiveInteger,
  checkText,
  InvalidOptionError,
} from "@secondpass/core";
import { checkWholeNumber } from "./check-whole-number.js";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import { codePointLength } from "./python/code-point-length.js";
import { shortStepSlices } from "./scheduling/short-step-slices.js";
import { BREAKPOINT_DEFAULTS, type BreakpointThresholdType } from "./semantic/breakpoint-defaults.js";
import { findBreakpoints } from "./semantic/find-breakpoints.js";
import { sentenceDistances } from "./semantic/sentence-distances.js";
import { type SentenceRange, sentenceSplitter } from "./semantic/sentence-splitter.js";
import type { SplitOptions } from "./split-options.js";
import { TextSplitter } from "./text-splitter.js";

export interface SemanticChunkerOptions {
  /** Embeds the sentences. Embeddings that accept a signal, such as `HuggingFaceEmbeddings`, end when a call's signal aborts. */
  readonly embeddings: EmbeddingsInterface;
  /** Sentences on either side that are embedded together with each sentence. 0 or more. @default 1 */
  readonly bufferSize?: number;
  /** Method that determines the threshold: the text is cut where the distance is above it. @default "percentile" */
  readonly breakpointThresholdType?: BreakpointThresholdType;
  /**
   * The percentile of the distances (0 to 100) for "percentile" and of their gradient for "gradient"; the number of standard deviations
   * or of interquartile ranges above the mean for the other two.
   * @default 95, or 3 for "standard_deviation", 1.5 for "interquartile"
   */
  readonly breakpointThresholdAmount?: number;
  /** Approximate number of chunks. Replaces the threshold. Minimum 1. @default none */
  readonly numberOfChunks?: number;
  /** Pattern of the text between sentences, in the syntax of Python's `re`. @default "(?<=[.?!])\\s+" */
  readonly sentenceSplitRegex?: string;
  /** A chunk of fewer code points is joined with the next one. 0 or more. @default none */
  readonly minChunkSize?: number;
  /** Adds `metadata.startIndex`, as in the other splitters. @default false */
  readonly addStartIndex?: boolean;
  /** Texts for each call of `embedDocuments`. Minimum 1. @default 512 */
  readonly batchSize?: number;
}

const OPTIONS = [
  "embeddings",
  "bufferSize",
  "breakpointThresholdType",
  "breakpointThresholdAmount",
  "numberOfChunks",
  "sentenceSplitRegex",
  "minChunkSize",
  "addStartIndex",
  "batchSize",
];
const TYPES = Object.keys(BREAKPOINT_DEFAULTS) as BreakpointThresholdType[];

/**
 * Splits a text where neighbouring sentences differ most in meaning: embeds each sentence with its neighbours and cuts where the cosine
 * distance to the next one is above a threshold. The breakpoints are those of langchain_experimental's `SemanticChunker`. Chunks
 * have no size limit. Sentences of a chunk are joined with one space.
 *
 * @example
 * const splitter = new SemanticChunker({ embeddings, breakpointThresholdAmount: 90 });
 * const chunks = await splitter.splitText("Tea is hot. Coffee is hot. Glaciers move slowly.");
 */
export class SemanticChunker extends TextSplitter {
  static override lc_name(): string {
    return "SemanticChunker";
  }

  readonly embeddings: EmbeddingsInterface;
  readonly bufferSize: number;
  readonly breakpointThresholdType: BreakpointThresholdType;
  readonly breakpointThresholdAmount: number;
  readonly numberOfChunks: number | undefined;
  readonly sentenceSplitRegex: string;
  readonly minChunkSize: number | undefined;
  readonly batchSize: number;
  readonly #sentences: (text: string) => Generator<SentenceRange>;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} @throws {InvalidRegexError} */
  constructor(options: SemanticChunkerOptions) {
    checkKnownOptions(options, OPTIONS, "SemanticChunker");
    super({ addStartIndex: options?.addStartIndex });
    const type = options?.breakpointThresholdType ?? "percentile";
    this.embeddings = checkHasMethod(
      "embeddings",
      options?.embeddings,
      ["embedDocuments"],
      "an object with `embedDocuments`",
    );
    this.bufferSize = checkWholeNumber("bufferSize", options.bufferSize ?? 1);
    this.breakpointThresholdType = checkOneOf("breakpointThresholdType", type, TYPES);
    this.breakpointThresholdAmount = checkAmount(options.breakpointThresholdAmount, type);
    this.numberOfChunks = ifGiven(options.numberOfChunks, (n) => checkPositiveInteger("numberOfChunks", n));
    this.sentenceSplitRegex = checkText(options.sentenceSplitRegex ?? "(?<=[.?!])\\s+", "sentenceSplitRegex");
    this.minChunkSize = ifGiven(options.minChunkSize, (n) => checkWholeNumber("minChunkSize", n));
    this.batchSize = checkPositiveInteger("batchSize", options.batchSize ?? 512);
    this.#sentences = sentenceSplitter(this.sentenceSplitRegex);
  }

  /** @throws {InvalidVectorsError} if the embeddings do not return one vector for each text */
  override async locateChunks(text: string, { signal }: SplitOptions = {}): Promise<LocatedChunk[]> {
    const slices = shortStepSlices(signal);
    const ranges: SentenceRange[] = [];
    const sentences: string[] = [];
    for (const range of this.#sentences(text)) {
      ranges.push(range);
      sentences.push(text.slice(...range));
      if (slices.due()) await slices.pause();
    }
    const chunks: LocatedChunk[] = [];
    let first = 0;
    for (const last of await this.#lastSentences(sentences, signal)) {
      const start = ranges[first]![0];
      // A group in a lookbehind may end before the chunk starts.
      const end = Math.max(start, ranges[last]![1]);
      const joined = sentences.slice(first, last + 1).join(" ");
      first = last + 1;
      const exact = end - start === joined.length && text.startsWith(joined, start);
      if (joined !== "") chunks.push({ text: joined, start, end, exact });
      if (slices.due()) await slices.pause();
    }
    return chunks;
  }

  /** Finds the last sentence of each chunk. */
  async #lastSentences(sentences: readonly string[], signal: AbortSignal | undefined): Promise<number[]> {
    const last = sentences.length - 1;
    if (last === 0) return [0];
    // Two sentences have one distance, which has no gradient: Python returns them as they are.
    if (last === 1 && this.breakpointThresholdType === "gradient") return [0, 1];
    const distances = await sentenceDistances(sentences, this.embeddings, { ...this, signal });
    const breakpoints = findBreakpoints(distances, {
      type: this.breakpointThresholdType,
      amount: this.breakpointThresholdAmount,
      numberOfChunks: this.numberOfChunks,
    });
    const ends = this.minChunkSize === undefined ? breakpoints : this.#longEnough(breakpoints, sentences);
    return [...ends, last];
  }

  /** Removes the breakpoints that end a chunk of fewer than `minChunkSize` code points. */
  #longEnough(breakpoints: readonly number[], sentences: readonly string[]): number[] {
    let next = 0;
    // The first sentence has no space before it.
    let length = -1;
    return breakpoints.filter((breakpoint) => {
      for (; next <= breakpoint; next++) length += codePointLength(sentences[next]!) + 1;
      if (length < this.minChunkSize!) return false;
      length = -1;
      return true;
    });
  }
}

function ifGiven<Value, Result>(
  value: Value | undefined,
  check: (value: Value) => Result,
): Result | undefined {
  return value === undefined ? undefined : check(value);
}

function checkAmount(amount: unknown, type: BreakpointThresholdType): number {
  const value = checkNumber("breakpointThresholdAmount", amount ?? BREAKPOINT_DEFAULTS[type]);
  const isPercentile = type === "percentile" || type === "gradient";
  if (isPercentile && !(value >= 0 && value <= 100)) {
    throw new InvalidOptionError("breakpointThresholdAmount", `0 to 100 for "${type}"`, value);
  }
  return value;
}
