import type { TextPair } from "@secondpass/core";
import { checkText, InvalidOptionError } from "@secondpass/core";
import type { CrossEncoder, PredictOptions } from "./contracts/cross-encoder.js";
import { SessionDisposedError } from "./errors/session-disposed-error.js";
import { activationFunction } from "./modules/activations.js";
import type { Classification } from "./modules/classification-config.js";
import { promptedPairs } from "./modules/prompts.js";
import type { LogitsOptions, LogitsSource } from "./scoring/logits-source.js";
import type { TextTokenizer } from "./tokenizer/text-tokenizer.js";

const TRUNCATIONS: readonly string[] = ["longest_first", "only_second"];

/** What a loaded cross-encoder is made of. */
export interface CrossEncoderParts {
  readonly model: string;
  readonly tokenizer: TextTokenizer;
  readonly classification: Classification;
  readonly logits: LogitsSource;
  readonly dispose: () => Promise<void>;
}

/** Tokenizer, sessions and activation put together. */
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

  countTokens(text: string, pair?: string): number {
    checkText(text, "text");
    if (pair !== undefined) checkText(pair, "pair");
    return this.parts.tokenizer.count(text, pair);
  }

  async logits(pairs: readonly TextPair[], options: LogitsOptions = {}): Promise<Float32Array[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkOptions(options);
    return this.parts.logits(promptedPairs(this, pairs, options), options);
  }

  async predict(pairs: readonly TextPair[], options: PredictOptions = {}): Promise<Float32Array[]> {
    // Looked up first: a name that is unknown should not cost a run.
    const activate = activationFunction(options.activation ?? this.activation);
    return (await this.logits(pairs, options)).map(activate);
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}

/** Refuses what a caller without types may have given. */
function checkOptions({ topN, truncation }: LogitsOptions): void {
  if (topN !== undefined && !(Number.isInteger(topN) && topN >= 0)) {
    throw new InvalidOptionError("topN", "a whole number of at least 0", topN);
  }
  if (truncation !== undefined && !TRUNCATIONS.includes(truncation)) {
    throw new InvalidOptionError("truncation", `one of ${TRUNCATIONS.join(", ")}`, truncation);
  }
}
