/** The message of any thrown value. Errors of other realms (a worker's, a native module's) are not `instanceof Error`. */
export function messageOf(thrown: unknown): string {
  const message = (thrown as { readonly message?: unknown } | null | undefined)?.message;
  return typeof message === "string" ? message : String(thrown);
}
