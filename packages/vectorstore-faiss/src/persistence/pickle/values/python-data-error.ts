/** Arguments or state of a Python object are not what that object has. */
export class PythonDataError extends Error {
  override readonly name = "PythonDataError";
}
