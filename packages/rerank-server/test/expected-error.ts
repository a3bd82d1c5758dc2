/** Makes the expected body of an error: its text under each key that clients read. */
export function expectedError<Text>(text: Text, type: string) {
  return { message: text, detail: text, error: text, error_type: type };
}
