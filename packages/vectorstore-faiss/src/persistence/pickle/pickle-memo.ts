/** Number of Maps. One Map of a million entries takes a tenth of a second whenever it grows; these grow one at a time. */
const SHARDS = 256;

/**
 * The memo of a pickle: values to which it refers again. Python memoizes every string and object, six for each document, but refers to
 * few again, so only entries marked by `want` are kept.
 */
export class PickleMemo {
  readonly #shards = Array.from({ length: SHARDS }, () => new Map<number, unknown>());

  /** Marks an entry that will be used later. */
  want(index: number): void {
    this.#shardOf(index).set(index, undefined);
  }

  /** Keeps a value if it is wanted. */
  keep(index: number, value: unknown): void {
    const shard = this.#shardOf(index);
    if (shard.has(index)) shard.set(index, value);
  }

  /** The value; `undefined` if none was kept (a pickle has no undefined values). */
  recall(index: number): unknown {
    return this.#shardOf(index).get(index);
  }

  #shardOf(index: number): Map<number, unknown> {
    return this.#shards[index % SHARDS]!;
  }
}
