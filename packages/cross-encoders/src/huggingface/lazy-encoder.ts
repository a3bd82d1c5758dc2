import { raceWithSignal } from "@secondpass/core";
import type { CrossEncoder, LazyModel, LoadOptions } from "@secondpass/hf-runtime";
import { loadRuntime, type Runtime } from "./load-runtime.js";

/** A loaded model and the runtime that runs it. */
export interface LoadedEncoder<Model = CrossEncoder> {
  readonly runtime: Runtime;
  readonly encoder: Model;
}

/** An object that can be freed. */
interface Disposable {
  dispose(): Promise<void>;
}

/** Options of a {@link LazyEncoder}. */
export interface LazyEncoderOptions<Model> {
  /** The class that needs it, for the error if the runtime is not installed. */
  readonly owner: string;
  readonly load: (runtime: Runtime, options: LoadOptions) => Promise<Model>;
}

/** Runtime and model of a reranker. Both load on first use, once for all callers. */
export class LazyEncoder<Model extends Disposable = CrossEncoder> {
  #opened: Promise<{ readonly runtime: Runtime; readonly model: LazyModel<Model> }> | undefined;
  #disposed = false;

  constructor(
    private readonly options: Omit<LoadOptions, "signal">,
    private readonly how: LazyEncoderOptions<Model>,
  ) {}

  /**
   * @param signal ends the wait; the call rejects with its reason
   * @throws {MissingPackageError} if the runtime is not installed; SessionDisposedError after {@link dispose}; the errors of the load
   */
  async get(signal?: AbortSignal): Promise<LoadedEncoder<Model>> {
    signal?.throwIfAborted();
    this.#opened ??= this.#open();
    const { runtime, model } = await raceWithSignal(this.#opened, signal);
    return { runtime, encoder: await model.get(signal) };
  }

  /** Frees the model; further calls of {@link get} reject. Safe to call twice. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const opened = await this.#opened?.catch(() => undefined);
    await opened?.model.dispose();
  }

  async #open() {
    try {
      const runtime = await loadRuntime(this.how.owner);
      const model = new runtime.LazyModel(this.options.model, (signal) =>
        this.how.load(runtime, { ...this.options, signal }),
      );
      // If this was disposed meanwhile, dispose the model too: it then rejects its callers without loading.
      if (this.#disposed) await model.dispose();
      return { runtime, model };
    } catch (error) {
      // Reset, so that the next call tries again.
      this.#opened = undefined;
      throw error;
    }
  }
}
