/** A tuple while a pickle is read. */
export class PythonTuple {
  constructor(readonly items: readonly unknown[]) {}
}
