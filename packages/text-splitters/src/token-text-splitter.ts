import { checkKnownOptions } from "@secondpass/core";
import type { LocatedChunk } from "./chunks/located-chunk.js";
import { TextSplitter } from "./text-splitter.js";
import { TEXT_SPLITTER_OPTIONS, type TextSplitterOptions } from "./text-splitter-options.js";
import { type ResolvedTokenizer, resolveTokenizer } from "./tokens/resolve-tokenizer.js";
import { splitByCount } from "./tokens/split-by-count.js";
import { splitOnTokens } from "./tokens/split-on-tokens.js";
import type { TokenCounter } from "./tokens/token-counter.js";
import type { TokenEncoder } from "./tokens/token-encoder.js";

/** Options of {@link TokenTextSplitter}. `chunkSize` and `chunkOverlap` are in tokens; `keepSeparator` has no effect. */
export interface TokenTextSplitterOptions extends TextSplitterOptions {
  /**
   * A tokenizer that encodes and decodes (chunks are decoded tokens, not stripped, as in Python), or one that only counts (chunks are
   * whole words, exact parts of the text). @default `lengthFunction`, as a counter
   */
  readonly tokenizer?: TokenEncoder | TokenCounter;
}

/**
 * Splits a text into chunks of at most `chunkSize` tokens of any tokenizer.
 *
 * @example
 * const splitter = new TokenTextSplitter({ tokenizer, chunkSize: 256, chunkOverlap: 32 });
 * const chunks = await splitter.splitText(text);
 */
export class TokenTextSplitter extends TextSplitter {
  static override lc_name(): string {
    return "TokenTextSplitter";
  }

  readonly #tokenizer: ResolvedTokenizer;

  /** @throws {UnknownOptionError} @throws {InvalidOptionError} */
  constructor(options: TokenTextSplitterOptions) {
    checkKnownOptions(options, [...TEXT_SPLITTER_OPTIONS, "tokenizer"], "TokenTextSplitter");
    super(options);
    this.#tokenizer = resolveTokenizer((options?.tokenizer ?? options?.lengthFunction)!);
  }

  override async locateChunks(text: string): Promise<LocatedChunk[]> {
    const window = { tokensPerChunk: this.chunkSize, chunkOverlap: this.chunkOverlap };
    return this.#tokenizer.kind === "encoder"
      ? splitOnTokens(text, this.#tokenizer, window)
      : splitByCount(text, this.#tokenizer, window, this.stripWhitespace);
  }
}
