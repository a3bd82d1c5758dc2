import type { TextPair } from "@secondpass/core";
import { checkOneOf, checkPairs, checkText } from "@secondpass/core";
import type { CrossEncoder, PredictOptions, TokenScores } from "../contracts/cross-encoder.js";
import type { PromptChoice } from "../contracts/prompts.js";
import type { ReadingOptions } from "../contracts/reading-options.js";
import type { RunOptions } from "../contracts/run-options.js";
import type { TextToken, TokenizeOptions } from "../contracts/text-token.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import { TokenHeadError } from "../errors/token-head-error.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import { activationFunction } from "../modules/apply/activation-function.js";
import { promptText } from "../prompts/prompt-text.js";
import type { LogitsOptions, LogitsSource } from "../scoring/logits-source.js";
import type { TokenScoresSource } from "../scoring/token-scores.js";
import { knownShare } from "../tokenizer/known-share.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { Classification } from "./classification.js";

const WITHOUT_PROMPT: PromptChoice = { prompt: "" };
const TRUNCATIONS = ["longest_first", "only_second"] as const;

/** The parts of a loaded cross-encoder. */
export interface CrossEncoderParts {
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly classification: Classification;
  readonly logits: LogitsSource;
  /** Missing for a model that does not score tokens. */
  readonly tokenScores?: TokenScoresSource;
  readonly dispose: () => Promise<void>;
}

/** A loaded cross-encoder. */
export class ModelCrossEncoder implements CrossEncoder {
  #disposed: Promise<void> | undefined;

  constructor(private readonly parts: CrossEncoderParts) {}

  get model() {
    return this.parts.model;
  }
  get numLabels() {
    return this.parts.classification.numLabels;
  }
  get labels() {
    return this.parts.classification.labels;
  }
  get maxLength() {
    return this.parts.tokenizer.maxLength;
  }
  get activation() {
    return this.parts.classification.activation;
  }

  get prompts() {
    return this.parts.classification.prompts;
  }
  get defaultPromptName() {
    return this.parts.classification.defaultPromptName;
  }
  get tokenThreshold() {
    return this.parts.classification.tokenHead?.threshold;
  }

  countTokens(text: string, pair?: string, choice: PromptChoice = WITHOUT_PROMPT): number {
    checkText(text, "text");
    if (pair !== undefined) checkText(pair, "pair");
    return this.parts.inputs.count([text, pair], promptText(this, choice));
  }

  async tokenize(text: string, options: TokenizeOptions = {}): Promise<readonly TextToken[]> {
    return this.parts.tokenizer.tokensInSlices(checkText(text, "text"), options, options.signal);
  }

  async knownShare(text: string, { signal }: Pick<RunOptions, "signal"> = {}): Promise<number> {
    return knownShare(this.parts.tokenizer, checkText(text, "text"), signal);
  }

  async logits(
    pairs: readonly TextPair[],
    options: Omit<PredictOptions, "activation"> = {},
  ): Promise<Float32Array[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkOptions(options);
    checkPairs(pairs);
    return this.parts.logits(pairs, { ...options, prompt: promptText(this, options) });
  }

  async predict(pairs: readonly TextPair[], options: PredictOptions = {}): Promise<Float32Array[]> {
    // Look up the name first, so that an unknown one fails before inference.
    const activate = activationFunction(options.activation ?? this.activation);
    return (await this.logits(pairs, options)).map(activate);
  }

  async scoreTokens(
    pairs: readonly TextPair[],
    options: Omit<PredictOptions, "activation" | keyof ReadingOptions> = {},
  ): Promise<TokenScores[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    const { tokenScores } = this.parts;
    if (tokenScores === undefined) throw new TokenHeadError(this.model);
    checkOptions(options);
    checkPairs(pairs);
    return tokenScores(pairs, { ...options, prompt: promptText(this, options) });
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

/** Checks the options of a call, because the caller may not use TypeScript. */
function checkOptions({ truncation, truncationSide }: LogitsOptions): void {
  if (truncation !== undefined) checkOneOf("truncation", truncation, TRUNCATIONS);
  if (truncationSide !== undefined) checkOneOf("truncationSide", truncationSide, ["left", "right"]);
}
