import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { chatInputs } from "./chat-inputs.js";
import type { InputEncoder } from "./input-encoder.js";

const PLACES = /\{(query|document)\}/g;

/**
 * An encoder that makes one text of a pair, with the tokenizer's special tokens around it. A prompt is put before the query. If a pair is cut,
 * the end of the text is kept, because models answer after it.
 * @param text text with the placeholders `{query}` and `{document}`
 */
export function wordedInputs(model: string, tokenizer: TextTokenizer, text: string): InputEncoder {
  return chatInputs({
    model,
    tokenizer,
    template(messages) {
      const of = (role: string) => messages.find((message) => message.role === role)?.content ?? "";
      const texts: Readonly<Record<string, string>> = {
        query: `${of("system")}${of("query")}`,
        document: String(of("document")),
      };
      return text.replace(PLACES, (_, index: string) => texts[index] ?? "");
    },
    format: "flat",
    readsPairs: true,
    addsSpecialTokens: true,
  });
}
