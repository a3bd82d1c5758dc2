import { checkOneOf, checkText, checkTexts } from "@secondpass/core";
import type { PromptChoice, Prompts } from "../contracts/prompts.js";
import type { Task } from "../contracts/task.js";
import { SessionDisposedError } from "../errors/session-disposed-error.js";
import { encoderPrompt } from "../prompts/encoder-prompt.js";
import type { TextInput } from "../prompts/with-prompt.js";
import type { ModelRoute } from "./model-route.js";

/** The parts of a loaded model that reads single texts. */
export interface RoutedEncoderParts<Row> {
  readonly model: string;
  readonly config: Prompts & { readonly similarity: unknown };
  /** At least one. */
  readonly routes: readonly ModelRoute<Row>[];
  /** Finds the route for a task. @throws UnknownRouteError if there is none */
  readonly route: (task: Task | undefined) => ModelRoute<Row>;
  readonly dispose: () => Promise<void>;
}

/** A checked call. */
interface Call<Row> {
  readonly route: ModelRoute<Row>;
  readonly inputs: readonly TextInput[];
  readonly prompt: string;
}

/** Base class of loaded models that read single texts. Each call takes the route of its task. */
export abstract class RoutedEncoder<Row, Parts extends RoutedEncoderParts<Row>> {
  #disposed: Promise<void> | undefined;

  constructor(protected readonly parts: Parts) {}

  get model() {
    return this.parts.model;
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
  get similarity(): Parts["config"]["similarity"] {
    return this.parts.config.similarity;
  }

  countTokens(text: string): number {
    checkText(text, "text");
    return this.parts.routes[0]!.inputs.count([text], "");
  }

  /** Checks the arguments of a call, and finds its route. */
  protected begin(texts: readonly string[], options: PromptChoice & { readonly task?: Task }): Call<Row> {
    if (this.#disposed) throw new SessionDisposedError(this.model);
    checkTexts(texts);
    const { task } = options;
    if (task !== undefined) checkOneOf("task", task, ["query", "document"]);
    const prompt = encoderPrompt(this, options);
    return { route: this.parts.route(task), inputs: texts.map((text) => [text] as const), prompt };
  }

  dispose(): Promise<void> {
    this.#disposed ??= this.parts.dispose();
    return this.#disposed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.dispose();
  }
}
