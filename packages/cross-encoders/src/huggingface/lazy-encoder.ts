import { raceWithSignal } from "@secondpass/core";
import type { CrossEncoder, LazyModel, LoadOptions } from "@secondpass/hf-runtime";
import { loadRuntime, type Runtime } from "./load-runtime.js";

/** A loaded model, and the exports of `@secondpass/hf-runtime`, which runs it. */
export interface LoadedEncoder<Model = CrossEncoder> {
  readonly runtime: Runtime;
  readonly encoder: Model;
}

/** A model that frees its memory when it is disposed. */
interface Disposable {
  dispose(): Promise<void>;
}

/** Options of a {@link LazyEncoder}. */
export interface LazyEncoderOptions<Model> {
  /** The class that needs the model, for the error if `@secondpass/hf-runtime` is not installed. */
  readonly owner: string;
  readonly load: (runtime: Runtime, options: LoadOptions) => Promise<Model>;
}

/**
 * The model of a `HuggingFaceCrossEncoder` or a `HuggingFaceLateInteraction`, with the optional package `@secondpass/hf-runtime`, which runs it.
 * Both load on first use, once for all callers.
 */
export class LazyEncoder<Model extends Disposable = CrossEncoder> {
  #opened: Promise<{ readonly runtime: Runtime; readonly model: LazyModel<Model> }> | undefined;
  #disposed = false;

  constructor(
    private readonly options: Omit<LoadOptions, "signal">,
    private readonly loader: LazyEncoderOptions<Model>,
  ) {}

  /**
   * @param signal ends the wait; the call rejects with its reason
   * @throws {MissingPackageError} if `@secondpass/hf-runtime` is not installed; SessionDisposedError after {@link dispose}; the errors of the load
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
      const runtime = await loadRuntime(this.loader.owner);
      const model = new runtime.LazyModel(this.options.model, (signal) =>
        this.loader.load(runtime, { ...this.options, signal }),
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
