/** Looks up a name in a pickle. @throws ForbiddenGlobalError for every name that is not on the list */
export type FindGlobal = (module: string, name: string) => unknown;

/** A Python class or function that a pickle may name. Python code never runs: `call` makes plain data from plain data. */
export class PythonGlobal {
  constructor(
    /** Such as `datetime.date`. */
    readonly name: string,
    /** The result of a call. @throws PythonDataError if Python would not have written these arguments */
    readonly call: (args: readonly unknown[], find: FindGlobal) => unknown,
  ) {}
}
