/** A Python class or function that a pickle may name. Nothing of Python runs: `call` makes plain data of plain data. */
export class PythonGlobal {
  constructor(
    /** Such as `datetime.date`. */
    readonly name: string,
    /** What calling it gives. @throws PythonDataError when the arguments are not what Python would have written */
    readonly call: (args: readonly unknown[]) => unknown,
  ) {}
}

/** Arguments or state of a Python object are not what that object has. */
export class PythonDataError extends Error {
  override readonly name = "PythonDataError";
}

/** An object that gets its state after it was made, by BUILD. */
export class PythonInstance {
  /** What the state made of it; `undefined` before. */
  value: unknown = undefined;

  constructor(
    readonly className: string,
    private readonly onState: (state: unknown) => unknown,
  ) {}

  setState(state: unknown): void {
    this.value = this.onState(state);
  }
}

/** A tuple while a pickle is read. */
export class PythonTuple {
  constructor(readonly items: readonly unknown[]) {}
}

/** A set while a pickle is read; items may still be added. */
export class PythonSet {
  constructor(
    readonly kind: "set" | "frozenset",
    readonly items: unknown[],
  ) {}
}
