/** What a session elsewhere answers to a question: a value, a failure, or that it was taken back before it was begun. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string } }
  | { readonly id: number; readonly takenBack: true };
