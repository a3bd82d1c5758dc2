import { Template } from "@huggingface/jinja";
import { ChatTemplateError } from "../errors/chat-template-error.js";
import { messageOf } from "../errors/message-of.js";
import { BoundedInterpreter } from "./bounded-interpreter.js";
import type { ChatMessage } from "./chat-message.js";

/** Renders the messages of an input to the text that the model reads. A template may distinguish queries and documents by the `task`. */
export type ChatTemplate = (messages: readonly ChatMessage[], task?: string) => string;

/**
 * Compiles a Jinja template.
 * @param variables what the template can read in addition to the messages: special tokens, and settings of the repository
 * @throws ChatTemplateError if the source is not valid; the returned function throws it for messages that cannot be rendered
 */
export function chatTemplate(
  model: string,
  source: string,
  variables: Readonly<Record<string, unknown>>,
): ChatTemplate {
  const { parsed } = attempt(model, "it is not valid Jinja", () => new Template(source));
  return (messages, task) =>
    attempt(model, "rendering it fails", () => {
      const length = messages.reduce((sum, { content }) => sum + content.length, 0);
      const all = { add_generation_prompt: false, ...(task ? { task } : {}), ...variables, messages };
      return String(new BoundedInterpreter(all, length).run(parsed).value);
    });
}

function attempt<T>(model: string, problem: string, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    throw new ChatTemplateError(model, `${problem} (${messageOf(cause)})`, { cause });
  }
}
