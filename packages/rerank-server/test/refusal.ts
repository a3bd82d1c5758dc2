/** The body of a refusal: its text under each key that clients read. */
export function refusal<Text>(text: Text, type: string) {
  return { message: text, detail: text, error: text, error_type: type };
}
