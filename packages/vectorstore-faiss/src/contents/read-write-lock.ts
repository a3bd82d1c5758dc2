/**
 * A read-write lock: any number of searches run together; a change runs alone. First come, first
 * served: a change waits for the searches before it, and later searches wait for the change.
 */
export class ReadWriteLock {
  /** Settles when the last change requested so far is done. */
  #change: Promise<unknown> = Promise.resolve();
  /** Searches since that change. */
  #searches = new Set<Promise<unknown>>();

  read<T>(work: () => Promise<T>): Promise<T> {
    const searches = this.#searches;
    const result = this.#change.then(work);
    const done = settled(result);
    searches.add(done);
    done.then(() => searches.delete(done));
    return result;
  }

  write<T>(work: () => Promise<T>): Promise<T> {
    const before = Promise.all([this.#change, ...this.#searches]);
    const result = before.then(work);
    this.#change = settled(result);
    this.#searches = new Set();
    return result;
  }
}

/** Resolves when the promise settles either way. */
function settled(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    () => undefined,
  );
}
