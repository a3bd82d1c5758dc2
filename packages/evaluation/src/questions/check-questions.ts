import { checkObject, checkOneOf, InvalidOptionError } from "@secondpass/core";
import type { EvaluationQuestion, RightAnswer } from "./evaluation-question.js";

/**
 * Checks a list of questions.
 * @throws {InvalidOptionError} names the first invalid question
 */
export function checkQuestions(questions: unknown): asserts questions is readonly EvaluationQuestion[] {
  if (!Array.isArray(questions) || questions.length === 0) {
    throw new InvalidOptionError("questions", "a list of questions", questions);
  }
  for (const [i, item] of questions.entries()) {
    const name = `questions[${i}]`;
    checkObject(name, item, "a question with its answers");
    checkFilled(item.question, `${name}.question`);
    if (!Array.isArray(item.answers) || item.answers.length === 0) {
      throw new InvalidOptionError(`${name}.answers`, "a list of answers", item.answers);
    }
    for (const [j, answer] of item.answers.entries()) checkAnswer(answer, `${name}.answers[${j}]`);
    if (item.origin !== undefined) checkOneOf(`${name}.origin`, item.origin, ["user", "heading"]);
  }
}

function checkAnswer(answer: RightAnswer, name: string): void {
  if (answer?.passage === undefined && answer?.source === undefined) {
    throw new InvalidOptionError(name, "an answer with a passage or a source", answer);
  }
  if (answer.passage !== undefined) checkFilled(answer.passage, `${name}.passage`);
  if (answer.source !== undefined) checkFilled(answer.source, `${name}.source`);
}

function checkFilled(text: unknown, name: string): void {
  if (typeof text !== "string" || text.trim() === "") {
    throw new InvalidOptionError(name, "a text that is not blank", text);
  }
}
