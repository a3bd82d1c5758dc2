import type { TextPair } from "@secondpass/core";
import { ResultCountError } from "./errors/result-count-error.js";
import type { SentenceScores } from "./score-sentences.js";
import { type PassageSentences, scoredSentences } from "./sentences/passage-sentences.js";
import type { PassageTokens, TokenScorer } from "./token-scorer.js";

/** Sentences of a passage that are read together, from `first` up to, not including, `end`. */
interface Span {
  readonly passage: number;
  readonly first: number;
  readonly end: number;
}

/**
 * Scores sentences by tokens. The model reads whole passages, and a sentence's score is the mean relevance of its tokens. If a passage is
 * cut off, the next pass reads on from the first sentence that was not read completely.
 * @returns [passages][sentences]
 * @throws {ResultCountError}
 * @throws the signal's reason if it aborts
 */
export async function scoreSentencesByTokens(
  model: TokenScorer,
  query: string,
  passages: readonly PassageSentences[],
  signal: AbortSignal | undefined,
): Promise<SentenceScores[]> {
  const scores = passages.map(({ sentences }) => new Array<number | undefined>(sentences.length));
  let spans = passages.flatMap(({ sentences }, passage): Span[] =>
    sentences.length === 0 ? [] : [{ passage, first: 0, end: sentences.length }],
  );
  while (spans.length > 0) {
    signal?.throwIfAborted();
    const pairs = spans.map((span): TextPair => [query, textOf(passages[span.passage]!, span)]);
    const found = await model.scoreTokens(pairs, { signal });
    if (found.length !== pairs.length) throw new ResultCountError("scoreTokens", pairs.length, found.length);
    spans = spans.flatMap((span, i) =>
      readSpan(span, passages[span.passage]!, found[i]!, scores[span.passage]!),
    );
  }
  return scores.map((ofPassage, i) => {
    const scored = new Set(scoredSentences(passages[i]!));
    return ofPassage.map((score, sentence) => (scored.has(sentence) ? score : undefined));
  });
}

/** Scores the sentences that were read. @returns the spans of the others */
function readSpan(
  span: Span,
  passage: PassageSentences,
  { tokens, readStart, readEnd }: PassageTokens,
  scores: (number | undefined)[],
): Span[] {
  const offset = offsetOf(passage, span);
  const isRead = (sentence: number) => {
    const { start, end } = passage.sentences[sentence]!;
    return start - offset >= readStart && end - offset <= readEnd;
  };
  let first = span.first;
  while (first < span.end && !isRead(first)) first++;
  let end = first;
  while (end < span.end && isRead(end)) end++;
  // A sentence that is longer than the model's limit is scored by the part that was read.
  if (first === end) [first, end] = readStart > 0 ? [span.end - 1, span.end] : [span.first, span.first + 1];
  let token = 0;
  for (let sentence = first; sentence < end; sentence++) {
    const { start, end: stop } = passage.sentences[sentence]!;
    let sum = 0;
    let count = 0;
    // A token may begin with the space before its sentence.
    while (token < tokens.length && tokens[token]!.end <= start - offset) token++;
    for (; token < tokens.length && tokens[token]!.end <= stop - offset; token++) {
      sum += tokens[token]!.relevance;
      count++;
    }
    scores[sentence] = count === 0 ? 0 : sum / count;
  }
  const others = [
    { ...span, end: first },
    { ...span, first: end },
  ];
  return others.filter((other) => other.first < other.end);
}

/** The text that the model reads: the passage, or its part from the span's first sentence to its last. */
function textOf(passage: PassageSentences, span: Span): string {
  const isToEnd = span.end === passage.sentences.length;
  return passage.text.slice(
    offsetOf(passage, span),
    isToEnd ? undefined : passage.sentences[span.end - 1]!.end,
  );
}

function offsetOf({ sentences }: PassageSentences, { first }: Span): number {
  return first === 0 ? 0 : sentences[first]!.start;
}
