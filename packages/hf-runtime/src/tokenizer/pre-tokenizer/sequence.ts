import type { AlignedText } from "../alignment/aligned-text.js";
import type { ComponentJson } from "../json/component-json.js";
import { alignWords } from "./align-words.js";
import { type PreTokenizer, type PreTokenizerKind, preTokenizer, type WordEdge } from "./pre-tokenizer.js";

interface SequenceJson extends ComponentJson {
  readonly pretokenizers: readonly ComponentJson[];
}

/** Several pre-tokenizers, each of which splits the words of the one before. */
export const sequence: PreTokenizerKind<SequenceJson> = {
  type: "Sequence",
  create(json, createPart) {
    const parts = json.pretokenizers.map((part) => createPart(part));
    return preTokenizer(
      (text, isStart) => splitByAll(parts, text, isStart),
      wordEdgeOf(parts.map(({ wordEdge }) => wordEdge)),
      (text, isStart) =>
        parts.reduce<Iterable<AlignedText>>(
          (words, part) => {
            const align = (word: AlignedText, isFirst: boolean) => alignWords(part, word, isFirst);
            return splitWords(words, textOfAligned, align, text.text, isStart);
          },
          [text],
        ),
    );
  },
};

/** Each part splits the words of the one before, lazily. */
function splitByAll(parts: readonly PreTokenizer[], text: string, isStart: boolean): Iterable<string> {
  return parts.reduce<Iterable<string>>(
    (words, part) => splitWords(words, wordItself, part, text, isStart),
    [text],
  );
}

const wordItself = (word: string) => word;
const textOfAligned = (word: AlignedText) => word.text;

/**
 * Splits words lazily.
 * @param split splits a word, given whether the text starts with it
 */
function* splitWords<Word>(
  words: Iterable<Word>,
  textOf: (word: Word) => string,
  split: (word: Word, isStart: boolean) => Iterable<Word>,
  text: string,
  isStart: boolean,
): Generator<Word, void, undefined> {
  let isFirst = isStart;
  for (const word of words) {
    const own = textOf(word);
    if (own === "") yield word;
    else {
      yield* split(word, isFirst && text.startsWith(own));
      isFirst = false;
    }
  }
}

/** The word edge of a sequence: the parts after one that splits see each side by itself. */
function wordEdgeOf(edges: readonly WordEdge[]): WordEdge {
  const deciding = edges.find((edge) => edge !== "keeps");
  return deciding ?? "keeps";
}
