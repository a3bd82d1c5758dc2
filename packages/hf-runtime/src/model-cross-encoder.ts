import type { CrossEncoder, PredictOptions, TextPair } from "./cross-encoder.js";
import { SessionDisposedError } from "./errors/session-disposed-error.js";
import { activationFunction } from "./heads/activations.js";
import type { Classification } from "./heads/classification-config.js";
import type { LogitsOptions, LogitsSource } from "./scoring/logits-source.js";
import type { TextTokenizer } from "./tokenize/text-tokenizer.js";

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

  countTokens(text: string, pair?: string): number {
    return this.parts.tokenizer.count(text, pair);
  }

  async logits(pairs: readonly TextPair[], options: LogitsOptions = {}): Promise<Float32Array[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    return this.parts.logits(pairs, options);
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
