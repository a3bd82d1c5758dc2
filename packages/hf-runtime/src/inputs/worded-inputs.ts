import type { TextTokenizer } from "../tokenizer/text-tokenizer.js";
import { chatInputs } from "./chat-inputs.js";
import type { InputEncoder } from "./input-encoder.js";

const PLACES = /\{(query|document)\}/g;

/**
 * Pairs as one text, with the tokenizer's special tokens around it. A prompt comes before the query. What ends the text stays if a pair is
 * cut, since models answer after it.
 * @param text with `{query}` and `{document}` in it
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
      return text.replace(PLACES, (_, place: string) => texts[place] ?? "");
    },
    format: "flat",
    readsPairs: true,
    addsSpecialTokens: true,
  });
}
