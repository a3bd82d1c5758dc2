/** Whether an error is the operating system's word about a call, such as ENOENT or ENOSPC. Not by `instanceof`: see isErrorCode. */
export function isSystemError(error: unknown): boolean {
  return typeof error === "object" && error !== null && "syscall" in error && "code" in error;
}
