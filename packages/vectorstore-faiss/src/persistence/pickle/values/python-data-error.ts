/** Thrown if arguments or state of a Python object are invalid. Callers convert it to a `MalformedPickleError`. */
export class PythonDataError extends Error {
  override readonly name = "PythonDataError";
}
