/** Whether a text is a commit id (SHA-1, or SHA-256 in newer repositories). Such a text is safe as a folder's name. */
export function isCommit(text: unknown): text is string {
  return typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}
