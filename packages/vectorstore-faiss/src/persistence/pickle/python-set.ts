/** A set while a pickle is read; items may still be added. */
export class PythonSet {
  constructor(
    readonly kind: "set" | "frozenset",
    readonly items: unknown[],
  ) {}
}
