import { checkCallback, checkSignal, checkText, onAbort } from "@secondpass/core";
import { SessionDisposedError } from "./errors/session-disposed-error.js";

/** A running load, and how many callers still wait for it. */
interface Load<Model> {
  readonly promise: Promise<Model>;
  readonly abort: AbortController;
  waiting: number;
  model?: Model;
}

/**
 * A model that is loaded when it is first needed, once for all callers. After a failed load, the next call tries again. If a caller aborts, the
 * others keep waiting; when the last one aborts, the load (downloads included) ends.
 *
 * @example
 * const reranker = new LazyModel("BAAI/bge-reranker-base", (signal) => loadCrossEncoder({ model: "BAAI/bge-reranker-base", signal }));
 * const model = await reranker.get(); // loads
 * await reranker.dispose();
 */
export class LazyModel<Model extends { dispose(): Promise<void> }> {
  #load: Load<Model> | undefined;
  #disposed = false;

  /**
   * @param name the model's id or path, for the error after {@link dispose}
   * @param loadModel starts a load; called again after a failed one
   * @throws InvalidOptionError
   */
  constructor(
    private readonly name: string,
    private readonly loadModel: (signal: AbortSignal) => Promise<Model>,
  ) {
    checkText(name, "name");
    checkCallback("loadModel", loadModel, "a function that loads the model");
  }

  /**
   * Returns the model and loads it if needed.
   * @param signal ends the wait; the call rejects with its reason
   * @throws SessionDisposedError after {@link dispose}, and what the load throws
   */
  async get(signal?: AbortSignal): Promise<Model> {
    checkSignal(signal);
    signal?.throwIfAborted();
    if (this.#disposed) throw new SessionDisposedError(this.name);
    this.#load ??= this.#start();
    const load = this.#load;
    if (!signal) {
      load.waiting++;
      return load.promise;
    }
    return this.#wait(load, signal);
  }

  /** The model if it is loaded, else undefined. */
  get loaded(): Model | undefined {
    return this.#load?.model;
  }

  /** Frees the model, or ends its load; further calls reject. Safe to call twice. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const load = this.#load;
    this.#load = undefined;
    if (!load) return;
    load.abort.abort(new SessionDisposedError(this.name));
    const model = await load.promise.catch(() => undefined);
    await model?.dispose();
  }

  #start(): Load<Model> {
    const abort = new AbortController();
    const promise = this.loadModel(abort.signal);
    const load: Load<Model> = { promise, abort, waiting: 0 };
    promise.then(
      (model) => {
        load.model = model;
      },
      () => this.#forget(load),
    );
    return load;
  }

  #wait(load: Load<Model>, signal: AbortSignal): Promise<Model> {
    load.waiting++;
    return new Promise((resolve, reject) => {
      const undo = onAbort(signal, () => {
        reject(signal.reason);
        if (--load.waiting > 0) return;
        // Forget it immediately: a new caller must not join a load that is ending.
        this.#forget(load);
        load.abort.abort(signal.reason);
        // The load may still finish; then the model is not needed.
        load.promise.then((model) => model.dispose()).catch(() => {});
      });
      load.promise.finally(undo).then(resolve, reject);
    });
  }

  #forget(load: Load<Model>): void {
    if (this.#load === load) this.#load = undefined;
  }
}
