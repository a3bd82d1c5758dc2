/** Returns an error's stack for a log; a thrown value that is not an error as text. */
export function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
