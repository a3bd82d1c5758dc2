import { FileFormatError } from "../errors/file-format-error.js";
import type { EvaluationQuestion, RightAnswer } from "./evaluation-question.js";

/** A record of a file of questions. */
export interface QuestionRecord {
  readonly question: string;
  readonly passage: string;
  readonly source: string;
}

/** Collects questions from records: records of the same question become one with several answers. */
export class QuestionList {
  private readonly answers = new Map<string, RightAnswer[]>();

  constructor(private readonly path: string) {}

  /**
   * @param line of the file, for errors
   * @throws {FileFormatError} if the question, or both passage and source, are blank
   */
  add({ question, passage, source }: QuestionRecord, line: number): void {
    if (question.trim() === "") throw new FileFormatError(this.path, line, "a question", question);
    if (passage.trim() === "" && source.trim() === "") {
      throw new FileFormatError(
        this.path,
        line,
        "a passage or a source",
        "",
        "Give the text of the right passage, or the file that it is in.",
      );
    }
    const answer = {
      ...(passage.trim() !== "" && { passage }),
      ...(source.trim() !== "" && { source: source.trim() }),
    };
    const key = question.trim();
    this.answers.set(key, [...(this.answers.get(key) ?? []), answer]);
  }

  /** The questions, in the order of the file. */
  questions(): EvaluationQuestion[] {
    return Array.from(this.answers, ([question, answers]) => ({ question, answers }));
  }
}
