import { UsageError } from "../errors/usage-error.js";

/** Joins the words of a question, which needs no quotes. @throws {UsageError} if there are none */
export function readQuestion(operands: readonly string[], name = "QUESTION"): string {
  const question = operands.join(" ");
  if (question.trim() !== "") return question;
  throw new UsageError(`Expected ${name}, got ${operands.length === 0 ? "none" : "a blank one"}.`);
}
