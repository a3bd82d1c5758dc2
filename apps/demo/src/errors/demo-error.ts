/** Thrown if a valid request cannot be done here. Shown as one sentence; exit code 1. */
export class DemoError extends Error {
  override readonly name = "DemoError";
}
