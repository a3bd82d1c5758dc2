import type { TextInput } from "../prompts/with-prompt.js";

/** How a template wants the content of a message: as a text, or as a list of parts that say their kind. */
export type MessageFormat = "flat" | "structured";

/** A message as chat templates read it. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string | readonly { readonly type: "text"; readonly text: string }[];
}

/** A system message of the prompt, if there is any; then a user's of a text, or a query's and a document's of a pair. */
export function chatMessages([text, pair]: TextInput, prompt: string, format: MessageFormat): ChatMessage[] {
  const message = (role: string, content: string): ChatMessage => ({
    role,
    content: format === "flat" ? content : [{ type: "text", text: content }],
  });
  const texts =
    pair === undefined ? [message("user", text)] : [message("query", text), message("document", pair)];
  return prompt === "" ? texts : [message("system", prompt), ...texts];
}
