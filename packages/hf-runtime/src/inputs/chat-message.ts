import type { TextInput } from "../prompts/with-prompt.js";

/** The form of a message's content that a template expects: "flat" is a text, "structured" a list of typed parts. */
export type MessageFormat = "flat" | "structured";

/** A message in the form that chat templates read. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string | readonly { readonly type: "text"; readonly text: string }[];
}

/** Makes messages of an input: a system message if there is a prompt, then a user message for a text, or a query and a document message for a pair. */
export function chatMessages([text, pair]: TextInput, prompt: string, format: MessageFormat): ChatMessage[] {
  const message = (role: string, content: string): ChatMessage => ({
    role,
    content: format === "flat" ? content : [{ type: "text", text: content }],
  });
  const texts =
    pair === undefined ? [message("user", text)] : [message("query", text), message("document", pair)];
  return prompt === "" ? texts : [message("system", prompt), ...texts];
}
