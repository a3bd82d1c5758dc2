/** Whether the code runs in Node. Elsewhere an index uses one thread, and cannot leave rows in its file. */
export function isNode(): boolean {
  return typeof process === "object" && process.versions?.node !== undefined;
}
