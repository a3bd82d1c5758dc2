import type { DocumentInterface } from "@langchain/core/documents";
import { describeValue, InvalidOptionError } from "@secondpass/core";
import type { JudgedRanking } from "../measures/judged-ranking.js";
import type { RightAnswer } from "../questions/evaluation-question.js";
import type { AnswerMatch } from "../questions/match-answer.js";

/** A ranking judged by the answers of its question. */
export interface JudgedDocuments {
  /** Rank of the first document that matches each answer, from 1. */
  readonly ranks: readonly (number | null)[];
  readonly ranking: JudgedRanking;
}

/**
 * Judges documents by answers. Each answer is found once, by the first document that matches it: more chunks of one passage, or of one
 * file, gain nothing, so that chunk sizes can be compared. A document that has several answers counts as one.
 * @throws {InvalidOptionError} if `match` returns a value other than true or false
 */
export function judgeDocuments(
  documents: readonly DocumentInterface[],
  answers: readonly RightAnswer[],
  match: AnswerMatch,
): JudgedDocuments {
  const ranks = answers.map((answer) => {
    const place = documents.findIndex((document) => checkMatch(match(document, answer)));
    return place === -1 ? null : place + 1;
  });
  const found = new Set(ranks.filter((rank) => rank !== null));
  const wanted = found.size + ranks.filter((rank) => rank === null).length;
  return {
    ranks,
    ranking: {
      grades: documents.map((_, i) => (found.has(i + 1) ? 1 : 0)),
      ideal: new Array<number>(wanted).fill(1),
      relevantCount: wanted,
      relevanceLevel: 1,
    },
  };
}

function checkMatch(answer: unknown): boolean {
  if (typeof answer === "boolean") return answer;
  throw new InvalidOptionError(
    "match",
    "a function that returns true or false",
    answer,
    `It returned ${describeValue(answer)}; it cannot be asynchronous.`,
  );
}
