/** A set while a pickle is read; items may still be added. */
export class PythonSet {
  /** `undefined` while empty, to save memory: a file can contain an empty set for each of its bytes. */
  items: unknown[] | undefined = undefined;

  constructor(readonly kind: "set" | "frozenset") {}

  add(items: readonly unknown[]): void {
    this.items ??= [];
    for (const item of items) this.items.push(item);
  }
}
