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
          (words, part) => alignParts(words, part, text.text, isStart),
          [text],
        ),
    );
  },
};

/** Each part splits the words of the one before as they come. */
function splitByAll(parts: readonly PreTokenizer[], text: string, isStart: boolean): Iterable<string> {
  return parts.reduce<Iterable<string>>((words, part) => splitWords(words, part, text, isStart), [text]);
}

function* splitWords(
  words: Iterable<string>,
  part: PreTokenizer,
  text: string,
  isStart: boolean,
): Generator<string, void, undefined> {
  let isFirst = isStart;
  for (const word of words) {
    if (word === "") yield word;
    else {
      yield* part(word, isFirst && text.startsWith(word));
      isFirst = false;
    }
  }
}

function* alignParts(
  words: Iterable<AlignedText>,
  part: PreTokenizer,
  text: string,
  isStart: boolean,
): Generator<AlignedText, void, undefined> {
  let isFirst = isStart;
  for (const word of words) {
    if (word.text === "") yield word;
    else {
      yield* alignWords(part, word, isFirst && text.startsWith(word.text));
      isFirst = false;
    }
  }
}

/** The parts after one that splits get each side by itself. */
function wordEdgeOf(edges: readonly WordEdge[]): WordEdge {
  const deciding = edges.find((edge) => edge !== "keeps");
  return deciding ?? "keeps";
}
