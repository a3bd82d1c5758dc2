import { checkOneOf, checkText, checkTexts, workSlices } from "@secondpass/core";
import type { EmbedOptions, Encoder } from "../contracts/encoder.js";
import type { EncoderIdentity } from "../contracts/encoder-identity.js";
import type { Task } from "../contracts/task.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import { unitVector } from "../modules/apply/unit-vector.js";
import type { ModelRunner } from "../modules/model-runner.js";
import { encoderPrompt } from "../prompts/encoder-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import type { EmbeddingConfig } from "./embedding-config.js";

/** Longest inputs in tokens by what they are for. */
export type Lengths = Readonly<Partial<Record<Task, number | undefined>>>;

/** One way through an embedding model. */
export interface EncoderRoute {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  /** Tokens of a query, and of a document, if the model limits them apart from other texts. */
  readonly lengths: Lengths;
  /** Width of the modules' vectors, before they are cut. */
  readonly width: number | undefined;
  /** One. */
  readonly runners: readonly ModelRunner[];
}

/** The parts of a loaded embedding model. */
export interface EncoderParts {
  readonly model: string;
  readonly config: EmbeddingConfig;
  /** At least one. */
  readonly routes: readonly EncoderRoute[];
  /** @throws UnknownRouteError */
  readonly route: (task: Task | undefined) => EncoderRoute;
  /** Called once. */
  readonly identify: () => Promise<EncoderIdentity>;
  readonly dispose: () => Promise<void>;
}

/** A list of modules that ends in a vector. */
export class ModelEncoder implements Encoder {
  #disposed: Promise<void> | undefined;
  #identity: Promise<EncoderIdentity> | undefined;

  constructor(private readonly parts: EncoderParts) {}

  get model() {
    return this.parts.model;
  }
  get dimensions() {
    const { config, routes } = this.parts;
    const width = routes[0]?.width ?? 0;
    return Math.min(width, config.truncateDim ?? width);
  }
  get maxLength() {
    return Math.max(...this.parts.routes.map(({ tokenizer }) => tokenizer.maxLength));
  }
  get prompts() {
    return this.parts.config.prompts;
  }
  get defaultPromptName() {
    return this.parts.config.defaultPromptName;
  }
  get similarity() {
    return this.parts.config.similarity;
  }
  get routesByTask() {
    return this.parts.routes.length > 1;
  }

  countTokens(text: string): number {
    checkText(text, "text");
    return this.parts.routes[0]!.inputs.count([text], "");
  }

  async embed(texts: readonly string[], options: EmbedOptions = {}): Promise<Float32Array[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkTexts(texts);
    const prompt = encoderPrompt(this, options);
    const inputs = texts.map((text) => [text] as const);
    const { task } = options;
    if (task !== undefined) checkOneOf("task", task, ["query", "document"]);
    const { runners, lengths } = this.parts.route(task);
    const maxLength = task && lengths[task];
    const vectors = await runners[0]!(inputs, { ...options, prompt, maxLength });
    const { truncateDim } = this.parts.config;
    if (truncateDim === undefined && !options.normalize) return vectors;
    const slices = workSlices();
    for (const [i, vector] of vectors.entries()) {
      if (slices.due()) await slices.pause();
      const cut = vector.slice(0, truncateDim);
      vectors[i] = options.normalize ? unitVector(cut) : cut;
    }
    return vectors;
  }

  identity(): Promise<EncoderIdentity> {
    this.#identity ??= this.parts.identify();
    return this.#identity;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
