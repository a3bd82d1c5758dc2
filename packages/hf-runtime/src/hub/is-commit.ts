/** Whether a text is the id of a commit (SHA-1, or SHA-256 in newer repositories), and so safe as the name of a folder. */
export function isCommit(text: unknown): text is string {
  return typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(text);
}
