/** Answer of a remote session to a request: a value, an error, or that the request was cancelled before the session began it. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly error: { readonly message: string } }
  | { readonly id: number; readonly cancelled: true };
