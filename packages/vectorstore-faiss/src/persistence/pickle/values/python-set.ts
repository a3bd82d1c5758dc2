/** A set while a pickle is read; items may still be added. */
export class PythonSet {
  /** `undefined` without any: a file can hold an empty set for every byte of it. */
  items: unknown[] | undefined = undefined;

  constructor(readonly kind: "set" | "frozenset") {}

  add(items: readonly unknown[]): void {
    this.items ??= [];
    for (const item of items) this.items.push(item);
  }
}
