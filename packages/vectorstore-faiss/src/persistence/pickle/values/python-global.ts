/** Looks up the names a pickle asks for. @throws RefusedGlobalError for every name that is not on the list */
export type FindGlobal = (module: string, name: string) => unknown;

/** A Python class or function that a pickle may name. Nothing of Python runs: `call` makes plain data of plain data. */
export class PythonGlobal {
  constructor(
    /** Such as `datetime.date`. */
    readonly name: string,
    /** What calling it gives. @throws PythonDataError when the arguments are not what Python would have written */
    readonly call: (args: readonly unknown[], find: FindGlobal) => unknown,
  ) {}
}
