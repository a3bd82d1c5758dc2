import { checkOneOf, checkText, checkTexts } from "@secondpass/core";
import type { MultiVectorEmbedOptions, MultiVectorEncoder } from "../contracts/multi-vector-encoder.js";
import type { Task } from "../contracts/task.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ModelRunner } from "../modules/model-runner.js";
import { encoderPrompt } from "../prompts/encoder-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { maxSim } from "./max-sim.js";
import type { MultiVectorConfig } from "./multi-vector-config.js";

/** One way through a late-interaction model. */
export interface MultiVectorRoute {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly width: number | undefined;
  /** One. */
  readonly runners: readonly ModelRunner<Float32Array[]>[];
}

/** The parts of a loaded late-interaction model. */
export interface MultiVectorEncoderParts {
  readonly model: string;
  readonly config: MultiVectorConfig;
  /** At least one. */
  readonly routes: readonly MultiVectorRoute[];
  /** @throws UnknownRouteError */
  readonly route: (task: Task | undefined) => MultiVectorRoute;
  readonly dispose: () => Promise<void>;
}

/** A list of modules that ends in a vector for each token. */
export class ModelMultiVectorEncoder implements MultiVectorEncoder {
  #disposed: Promise<void> | undefined;

  constructor(private readonly parts: MultiVectorEncoderParts) {}

  get model() {
    return this.parts.model;
  }
  get dimensions() {
    return this.parts.routes[0]?.width ?? 0;
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

  countTokens(text: string): number {
    checkText(text, "text");
    return this.parts.routes[0]!.inputs.count([text], "");
  }

  async embed(texts: readonly string[], options: MultiVectorEmbedOptions = {}): Promise<Float32Array[][]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkTexts(texts);
    const { task } = options;
    if (task !== undefined) checkOneOf("task", task, ["query", "document"]);
    const prompt = encoderPrompt(this, options);
    const inputs = texts.map((text) => [text] as const);
    const [run] = this.parts.route(task).runners;
    return run!(inputs, { ...options, prompt });
  }

  score(query: readonly Float32Array[], document: readonly Float32Array[]): number {
    const sum = maxSim(query, document);
    return this.similarity === "meanmaxsim" && query.length > 0 ? sum / query.length : sum;
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
