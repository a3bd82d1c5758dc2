import type { HuggingFaceCrossEncoder } from "@secondpass/cross-encoders/huggingface";
import type { ModelProgress } from "../corpus/model-progress.js";
import { openReranker } from "../corpus/open-reranker.js";
import { LocalHttpError } from "../local-http/local-http-error.js";
import { RememberedScores, type ScoreMemory } from "./remembered-scores.js";
import { Retirement } from "./retirement.js";
import { Shared } from "./shared.js";

/** Models in memory at a time, because people compare two. Models in use may exceed it. */
const MAX_LOADED = 3;

/** A model and its remembered scores. */
interface Loaded {
  readonly model: Shared<HuggingFaceCrossEncoder>;
  readonly memory: ScoreMemory;
}

/** The rerankers that a page may choose. Each loads on first use; the least recently used ones are freed. */
export class Rerankers implements AsyncDisposable {
  /** The most recently used last. */
  readonly #loaded = new Map<string, Loaded>();
  readonly #retirement = new Retirement();

  /** @param names names of models, the default first */
  constructor(
    readonly names: readonly string[],
    readonly onDownload?: ModelProgress,
  ) {}

  /**
   * Calls back with a model.
   * @throws {LocalHttpError} 400 for a model that is not offered
   */
  async use<Result>(name: string, work: (model: RememberedScores) => Promise<Result>): Promise<Result> {
    if (!this.names.includes(name)) {
      throw new LocalHttpError(
        "invalid",
        `Expected model to be one of ${this.names.join(", ")}, got ${name}.`,
      );
    }
    const loaded = this.#loaded.get(name) ?? {
      model: new Shared(openReranker(name, this.onDownload && { onDownload: this.onDownload })),
      memory: new Map(),
    };
    this.#loaded.delete(name);
    this.#loaded.set(name, loaded);
    const result = loaded.model.use((model) => work(new RememberedScores(model, loaded.memory)));
    this.#freeOldest();
    return await result;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { model } of this.#loaded.values()) this.#retirement.add(model);
    this.#loaded.clear();
    await this.#retirement[Symbol.asyncDispose]();
  }

  #freeOldest(): void {
    for (const [name, { model }] of this.#loaded) {
      if (this.#loaded.size <= MAX_LOADED) return;
      if (!model.isIdle) continue;
      this.#loaded.delete(name);
      this.#retirement.add(model);
    }
  }
}
