/** Whether an error comes from the operating system. Does not use `instanceof`: in jest, Node's errors come from another realm. */
export function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return (
    typeof error === "object" &&
    error !== null &&
    "syscall" in error &&
    "code" in error &&
    typeof error.code === "string"
  );
}
