import type { ComponentJson } from "../json/component-json.js";
import type { PreTokenizerKind } from "./pre-tokenizer.js";

interface SequenceJson extends ComponentJson {
  readonly pretokenizers: readonly ComponentJson[];
}

/** Several pre-tokenizers, each of which splits the words of the one before. */
export const sequence: PreTokenizerKind<SequenceJson> = {
  type: "Sequence",
  create(json, createPart) {
    const parts = json.pretokenizers.map((part) => createPart(part));
    return (text, isStart) =>
      parts.reduce<readonly string[]>(
        (words, part) =>
          words.flatMap((word, index) => part(word, isStart && index === 0 && text.startsWith(word))),
        [text],
      );
  },
};
