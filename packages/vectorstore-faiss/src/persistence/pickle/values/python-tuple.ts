/** A tuple while a pickle is read. */
export class PythonTuple {
  /** The one without items: a file can hold it for every byte of it. */
  static readonly EMPTY = new PythonTuple([]);

  constructor(readonly items: readonly unknown[]) {}
}
