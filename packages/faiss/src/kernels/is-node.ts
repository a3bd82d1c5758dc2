/** Whether this is Node, which has files and worker threads. */
export function isNode(): boolean {
  return typeof process === "object" && process.versions?.node !== undefined;
}
