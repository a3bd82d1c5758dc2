import type { PickleBudget } from "./pickle-budget.js";

/**
 * A dict while a pickle is read: a flat list [key, value, key, value, …], in which later keys win. A damaged or malicious
 * file can contain one for each of its bytes; an empty one takes 24 bytes here, a Map more than 200.
 */
export class PythonDict {
  items: unknown[] | undefined = undefined;

  set(key: unknown, value: unknown): void {
    this.items ??= [];
    this.items.push(key, value);
  }

  /** Looks up a key by a linear search. It is charged, since a pickle may search the same dict many times. */
  get(key: string, budget: PickleBudget): unknown {
    const items = this.items ?? [];
    budget.charge(items.length);
    for (let i = items.length - 2; i >= 0; i -= 2) if (items[i] === key) return items[i + 1];
    return undefined;
  }

  *[Symbol.iterator](): IterableIterator<[unknown, unknown]> {
    const items = this.items ?? [];
    for (let i = 0; i < items.length; i += 2) yield [items[i], items[i + 1]];
  }
}
