/** Whether an error has a code of the operating system. Not by `instanceof`: under jest, Node's errors are of another realm. */
export function isErrorCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
