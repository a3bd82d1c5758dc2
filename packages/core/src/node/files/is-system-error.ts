/** Whether an error is the operating system's. Not by `instanceof`: under jest, Node's errors are of another realm. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    typeof error === "object" &&
    error !== null &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string"
  );
}
