import { Document } from "@langchain/core/documents";
import type { EvaluationQuestion } from "../../src/index.js";

/** Questions `question 0`… whose right passage is `passage 0 …`. */
export function someQuestions(count: number): EvaluationQuestion[] {
  return Array.from({ length: count }, (_, i) => ({
    question: `question ${i}`,
    answers: [{ passage: passage(i) }],
  }));
}

export const passage = (i: number) => `passage ${i} has words enough to be told from all the others`;

/** Finds the right passage of each question at a rank, from 1; among 10 documents. */
export function findsAt(rankOf: (question: number) => number) {
  return async (question: string): Promise<Document[]> => {
    const i = Number(question.split(" ")[1]);
    return Array.from(
      { length: 10 },
      (_, place) =>
        new Document({
          pageContent: place + 1 === rankOf(i) ? passage(i) : `something else, ${place}`,
          metadata: { source: `file-${place}.md` },
        }),
    );
  };
}
