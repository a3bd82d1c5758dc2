import { checkKnownOptions, checkText, InvalidOptionError } from "@secondpass/core";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import { TextSplitter } from "./text-splitter.js";
import { checkSizes, type TextSplitterOptions } from "./text-splitter-options.js";
import { type ResolvedTokenizer, resolveTokenizer } from "./tokens/resolve-tokenizer.js";
import { splitByCount } from "./tokens/split-by-count.js";
import { splitOnTokens } from "./tokens/split-on-tokens.js";
import type { TokenCounter } from "./tokens/token-counter.js";
import type { TokenEncoder } from "./tokens/token-encoder.js";

export interface SentenceTransformersTokenTextSplitterOptions
  extends Omit<TextSplitterOptions, "chunkSize" | "lengthFunction" | "keepSeparator"> {
  /**
   * The model's tokenizer: one that encodes (with one special token at each end, which is removed) and decodes, or one that only
   * counts, including special tokens.
   */
  readonly tokenizer: TokenEncoder | TokenCounter;
  /** Longest input of the model in tokens. @default `tokenizer.maxLength`, if it has one */
  readonly maximumTokensPerChunk?: number;
  /** Maximum number of tokens of a chunk. At most `maximumTokensPerChunk`. @default `maximumTokensPerChunk` */
  readonly tokensPerChunk?: number;
  /** How many tokens of a chunk's end the next one may repeat. 0 to `tokensPerChunk - 1`. @default 50 */
  readonly chunkOverlap?: number;
  /** Name of the model in error messages. */
  readonly modelName?: string;
}

const OPTIONS = [
  "tokenizer",
  "maximumTokensPerChunk",
  "tokensPerChunk",
  "chunkOverlap",
  "modelName",
  "addStartIndex",
  "stripWhitespace",
] as const satisfies readonly (keyof SentenceTransformersTokenTextSplitterOptions)[];

/**
 * Splits a text into chunks that fit into the input of a sentence-transformers model. With a tokenizer that encodes, special tokens are not
 * counted, as in Python: if `tokensPerChunk` equals the model's limit, the model cuts off the last tokens. With a tokenizer that only
 * counts, they are counted.
 *
 * @example
 * const splitter = new SentenceTransformersTokenTextSplitter({ tokenizer, tokensPerChunk: 256 });
 * const chunks = await splitter.splitText(text);
 */
export class SentenceTransformersTokenTextSplitter extends TextSplitter {
  static override lc_name(): string {
    return "SentenceTransformersTokenTextSplitter";
  }

  readonly modelName: string | undefined;
  readonly tokensPerChunk: number;
  readonly maximumTokensPerChunk: number | undefined;
  readonly #tokenizer: ResolvedTokenizer;
  /** The same tokenizer, with its special tokens. */
  readonly #counting: ResolvedTokenizer;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: SentenceTransformersTokenTextSplitterOptions) {
    checkKnownOptions(options, OPTIONS, "SentenceTransformersTokenTextSplitter");
    const tokenizer = resolveTokenizer(options?.tokenizer, 1);
    const maximum = options.maximumTokensPerChunk ?? maxLengthOf(options.tokenizer);
    const tokensPerChunk = options.tokensPerChunk ?? maximum;
    const chunkOverlap = options.chunkOverlap ?? 50;
    const model = options.modelName === undefined ? "The model" : `The model ${options.modelName}`;
    if (tokensPerChunk === undefined) {
      throw new InvalidOptionError(
        "tokensPerChunk",
        "a positive integer",
        undefined,
        `${model} states no limit: give \`tokensPerChunk\` or \`maximumTokensPerChunk\`.`,
      );
    }
    checkSizes("tokensPerChunk", tokensPerChunk, "chunkOverlap", chunkOverlap);
    if (maximum !== undefined && !(tokensPerChunk <= maximum)) {
      const advice = `${model} reads no more than that.`;
      throw new InvalidOptionError("tokensPerChunk", `at most ${maximum}`, tokensPerChunk, advice);
    }
    super({ ...options, chunkSize: tokensPerChunk, chunkOverlap });
    this.modelName = options.modelName;
    this.tokensPerChunk = tokensPerChunk;
    this.maximumTokensPerChunk = maximum;
    this.#tokenizer = tokenizer;
    this.#counting = resolveTokenizer(options.tokenizer);
  }

  override async locateChunks(text: string): Promise<LocatedChunk[]> {
    return this.#tokenizer.kind === "encoder"
      ? splitOnTokens(text, this.#tokenizer, this)
      : splitByCount(text, this.#tokenizer, this, this.stripWhitespace);
  }

  /** Counts the tokens of a text, including special tokens. @throws {InvalidOptionError} if `text` is not a string */
  async countTokens(text: string): Promise<number> {
    checkText(text, "text");
    const counting = this.#counting;
    return counting.kind === "encoder" ? (await counting.encode(text)).length : counting.count(text);
  }
}

function maxLengthOf(tokenizer: object): number | undefined {
  return "maxLength" in tokenizer && typeof tokenizer.maxLength === "number"
    ? tokenizer.maxLength
    : undefined;
}
