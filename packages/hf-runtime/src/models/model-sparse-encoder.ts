import { checkOneOf, checkPositiveInteger, checkText, checkTexts } from "@secondpass/core";
import type { SparseEmbedOptions, SparseEncoder, SparseVector } from "../contracts/sparse-encoder.js";
import type { Task } from "../contracts/task.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import type { InputEncoder } from "../inputs/input-encoder.js";
import type { ModelRunner } from "../modules/model-runner.js";
import { encoderPrompt } from "../prompts/encoder-prompt.js";
import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { largestValues } from "./largest-values.js";
import type { SparseConfig } from "./sparse-config.js";

/** One way through a sparse encoder. */
export interface SparseRoute {
  readonly tokenizer: TextTokenizer;
  readonly inputs: InputEncoder;
  readonly width: number | undefined;
  /** One. */
  readonly runners: readonly ModelRunner<SparseVector>[];
}

/** The parts of a loaded sparse encoder. */
export interface SparseEncoderParts {
  readonly model: string;
  readonly config: SparseConfig;
  /** Most numbers of a vector, by one of the modules. */
  readonly activeDims: number | undefined;
  /** At least one. */
  readonly routes: readonly SparseRoute[];
  /** @throws UnknownRouteError */
  readonly route: (task: Task | undefined) => SparseRoute;
  /** Tokens by id. Called for the first vector that is decoded. */
  readonly readTokens: () => Promise<readonly (string | undefined)[]>;
  readonly dispose: () => Promise<void>;
}

/** A list of modules that ends in a sparse vector. */
export class ModelSparseEncoder implements SparseEncoder {
  #disposed: Promise<void> | undefined;
  #tokens: Promise<readonly (string | undefined)[]> | undefined;

  constructor(private readonly parts: SparseEncoderParts) {}

  get model() {
    return this.parts.model;
  }
  get dimensions() {
    return this.parts.routes.find(({ width }) => width !== undefined)?.width ?? 0;
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

  async embed(texts: readonly string[], options: SparseEmbedOptions = {}): Promise<SparseVector[]> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkTexts(texts);
    const { task, maxActiveDims = this.parts.config.maxActiveDims ?? this.parts.activeDims } = options;
    if (task !== undefined) checkOneOf("task", task, ["query", "document"]);
    if (maxActiveDims !== undefined) checkPositiveInteger("maxActiveDims", maxActiveDims);
    const prompt = encoderPrompt(this, options);
    const inputs = texts.map((text) => [text] as const);
    const [run] = this.parts.route(task).runners;
    const vectors = await run!(inputs, { ...options, prompt });
    return maxActiveDims === undefined
      ? vectors
      : vectors.map((vector) => largestValues(vector, maxActiveDims));
  }

  async decode({ indices, values }: SparseVector, topK?: number): Promise<[token: string, weight: number][]> {
    if (topK !== undefined) checkPositiveInteger("topK", topK);
    this.#tokens ??= this.parts.readTokens();
    const tokens = await this.#tokens;
    const order = [...values.keys()].sort((a, b) => values[b]! - values[a]! || a - b).slice(0, topK);
    return order.map((i) => [tokens[indices[i]!] ?? "", values[i]!]);
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
