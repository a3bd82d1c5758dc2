import { isAbsolute } from "node:path";
import { workSlices } from "@secondpass/core";
import { RequestError } from "../errors/request-error.js";
import type { ModelEntry } from "../models/model-entry.js";
import type { ServedEmbedder } from "../models/served-embedder.js";
import type { ServedModel } from "../models/served-model.js";
import type { EmbeddingWay, ModelFacts, ModelKind } from "../payloads/payload.js";
import {
  type BatchLimits,
  type BatchObserver,
  BatchQueue,
  type Compute,
  type Computed,
} from "./batch-queue.js";
import { exceedsTokens } from "./exceeds-tokens.js";

/** One text or a pair. */
export type Input = readonly [text: string, pair?: string];

/** Options for computing the inputs of a request. */
export interface ComputingWay extends EmbeddingWay {
  readonly truncationSide?: "left" | "right" | undefined;
}

/** A loaded model with its queue. */
interface Loaded {
  readonly model: ServedModel | ServedEmbedder;
  readonly queue: BatchQueue<Input>;
}

/** After this many failures in a row, the model counts as unhealthy. */
const FAILURES_UNTIL_UNHEALTHY = 3;
/** Weight of the newest batch in the average speed. */
const NEWEST_WEIGHT = 0.3;
/** For counting, a text with more than this many characters for each token of the model's length is longer than that length. */
const MAX_CHARACTERS_PER_TOKEN = 16;

/** A model with its own queue. It exists before the model is loaded. */
export class ModelEngine {
  readonly kind: ModelKind;
  readonly aliases: readonly string[];
  readonly created = Math.floor(Date.now() / 1000);
  state: "loading" | "ready" | "failed" = "loading";
  #loaded: Loaded | undefined;
  #isDisposed = false;
  #failuresInARow = 0;
  #tokensPerSecond: number | undefined;

  constructor(
    readonly entry: ModelEntry,
    readonly limits: BatchLimits,
    readonly observer: BatchObserver,
  ) {
    this.kind = entry.embedder === undefined ? "reranker" : "embedder";
    this.aliases = entry.aliases ?? [];
  }

  /** Name of the model in requests. For a folder, only the last part, so that its path stays private. */
  get name(): string {
    const name = this.entry.name ?? this.#loaded?.model.model ?? this.kind;
    return this.entry.name === undefined && isAbsolute(name)
      ? (name.split(/[\\/]/).filter(Boolean).at(-1) ?? name)
      : name;
  }

  get isHealthy(): boolean {
    return this.#loaded !== undefined && this.#failuresInARow < FAILURES_UNTIL_UNHEALTHY;
  }

  get outstandingTokens(): number {
    return this.#loaded?.queue.outstandingTokens ?? 0;
  }

  get waitingRequests(): number {
    return this.#loaded?.queue.waitingRequests ?? 0;
  }

  get waitingInputs(): number {
    return this.#loaded?.queue.waitingInputs ?? 0;
  }

  /** Estimated seconds until the outstanding work is done. */
  get secondsLeft(): number {
    return this.#tokensPerSecond === undefined ? 0 : this.outstandingTokens / this.#tokensPerSecond;
  }

  /** Loads the model. Rejects if it cannot be loaded, or if the engine has been disposed meanwhile; then the model is freed, too. */
  async load(signal: AbortSignal): Promise<void> {
    const { reranker, embedder } = this.entry;
    try {
      if (embedder === undefined) {
        const model = typeof reranker === "function" ? await reranker(signal) : reranker;
        await this.#use(model, (inputs, way, options) =>
          model.logits(inputs as [string, string][], { ...wayOf(way), ...options }),
        );
      } else {
        const model = typeof embedder === "function" ? await embedder(signal) : embedder;
        await this.#use(model, (inputs, way, options) =>
          model.embed(
            inputs.map(([text]) => text),
            { ...wayOf(way), ...options },
          ),
        );
      }
    } catch (error) {
      this.state = "failed";
      throw error;
    }
  }

  /** The loaded model. @throws {RequestError} 503 until it is loaded */
  get model(): ServedModel | ServedEmbedder {
    return this.#ready().model;
  }

  /** Facts about the model, for payloads. @throws {RequestError} 503 until it is loaded */
  get facts(): ModelFacts {
    const { model } = this;
    if ("labels" in model) return { labels: model.labels };
    return { labels: [], dimensions: model.dimensions, promptNames: Object.keys(model.prompts ?? {}) };
  }

  /** [inputs] → their rows. */
  run(
    inputs: readonly Input[],
    tokens: readonly number[],
    way: ComputingWay,
    signal: AbortSignal,
    onStart?: () => void,
  ): Promise<Computed> {
    return this.#ready().queue.run(inputs, tokens, signal, { way: wayName(way), onStart });
  }

  /** Returns the number of tokens that the model has read. Counts them if the model did not report them. */
  async tokensRead(inputs: readonly Input[], read: readonly (number | undefined)[]): Promise<number> {
    const { model } = this;
    const slices = workSlices();
    let total = 0;
    for (const [index, [text, pair]] of inputs.entries()) {
      const known = read[index];
      if (known !== undefined) {
        total += known;
        continue;
      }
      if (slices.due()) await slices.pause();
      const characters = text.length + (pair?.length ?? 0);
      const isLong = characters > model.maxLength * MAX_CHARACTERS_PER_TOKEN;
      total += isLong ? model.maxLength : Math.min(model.maxLength, model.countTokens(text, pair));
    }
    return total;
  }

  /** Checks that no input is too long. @throws {RequestError} 413 for the first input that is longer than the model's length */
  async rejectLong(inputs: readonly Input[], signal: AbortSignal): Promise<void> {
    const { model } = this;
    const what = this.kind === "reranker" ? "pair" : "text";
    const slices = workSlices();
    for (const [index, input] of inputs.entries()) {
      if (slices.due()) await slices.pause();
      signal.throwIfAborted();
      const tokens = exceedsTokens(model, input);
      if (tokens === undefined) continue;
      throw new RequestError(
        "tooLarge",
        `Expected at most ${model.maxLength} tokens in a ${what}, ${what} ${index} has ${tokens}. Shorten it, or set \`truncate\`.`,
      );
    }
  }

  async dispose(): Promise<void> {
    const loaded = this.#loaded;
    this.#loaded = undefined;
    this.#isDisposed = true;
    await loaded?.model.dispose();
  }

  async #use(model: ServedModel | ServedEmbedder, compute: Compute<Input>): Promise<void> {
    if (this.#isDisposed) {
      await model.dispose();
      throw new RequestError("unavailable", "The server is closing.");
    }
    const queue = new BatchQueue<Input>(compute, this.limits, {
      onBatch: (batch) => {
        this.#failuresInARow = batch.failed ? this.#failuresInARow + 1 : 0;
        if (!batch.failed) this.#observeSpeed(batch.tokens / Math.max(batch.ownSeconds, 1e-6));
        this.observer.onBatch?.(batch);
      },
    });
    this.#loaded = { model, queue };
    this.state = "ready";
  }

  #observeSpeed(tokensPerSecond: number): void {
    const before = this.#tokensPerSecond ?? tokensPerSecond;
    this.#tokensPerSecond = before + NEWEST_WEIGHT * (tokensPerSecond - before);
  }

  #ready(): Loaded {
    if (this.#loaded) return this.#loaded;
    throw new RequestError("unavailable", "The model is not loaded yet. Try again later.");
  }
}

/** Names a way of computing; requests with the same name may share a batch. "" is the default way. */
function wayName({ promptName, task, normalize, truncationSide }: ComputingWay): string {
  const name = JSON.stringify({ promptName, task, normalize, truncationSide });
  return name === "{}" ? "" : name;
}

function wayOf(name: string): Record<string, never> {
  return name === "" ? {} : JSON.parse(name);
}
