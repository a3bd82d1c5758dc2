import { checkCallback, checkSignal, checkText, onAbort } from "@secondpass/core";
import { SessionDisposedError } from "./errors/session-disposed-error.js";

/** A load under way, and how many callers still wait for it. */
interface Load<Model> {
  readonly promise: Promise<Model>;
  readonly abort: AbortController;
  waiting: number;
  model?: Model;
}

/**
 * A model that loads when it is first needed, once for all callers. A load that failed is tried again by the next call. A
 * caller that gives up leaves the others waiting; when the last one gives up, the load (downloads included) ends.
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
   * @param name for the error after {@link dispose}: the model's id or path
   * @param loadModel starts one load; called again after one that failed
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
   * The loaded model.
   * @param signal gives up waiting; the call rejects with its reason
   * @throws SessionDisposedError after {@link dispose}, and whatever the load throws
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

  /** The model, once it has been loaded. */
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
        // It may finish all the same, too late to be wanted.
        load.promise.then((model) => model.dispose()).catch(() => {});
      });
      load.promise.finally(undo).then(resolve, reject);
    });
  }

  #forget(load: Load<Model>): void {
    if (this.#load === load) this.#load = undefined;
  }
}
