/** Answer of a remote session to a question: a value, an error, or that the question was taken back (cancelled) before the session began it. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string } }
  | { readonly id: number; readonly takenBack: true };
