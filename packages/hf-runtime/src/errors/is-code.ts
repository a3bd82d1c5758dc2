/** Whether an error carries a code of the operating system. Not by instanceof: under jest, Node's errors are of another realm. */
export function isCode(error: unknown, code: string): boolean {
  return typeof error === "object" && error !== null && "code" in error && error.code === code;
}
