/** A tuple while a pickle is read. */
export class PythonTuple {
  /** The empty tuple, shared to save memory: a file can contain one for each of its bytes. */
  static readonly EMPTY = new PythonTuple([]);

  constructor(readonly items: readonly unknown[]) {}
}
