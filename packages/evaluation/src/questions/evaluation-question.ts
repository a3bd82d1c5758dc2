/** Where an answer to a question is: in a passage, in a file, or in a passage of a file. */
export interface RightAnswer {
  /** Text of the right passage. */
  readonly passage?: string;
  /** The file it is in: its whole path, or the end of it, such as `"guide/03-chunking.md"`. */
  readonly source?: string;
}

/** A question, and where its answers are. */
export interface EvaluationQuestion {
  readonly question: string;
  /** At least one. A question may have several answers, all of which should be found. */
  readonly answers: readonly RightAnswer[];
  /** `"heading"` if the question was made from a heading; reports say so. @default "user" */
  readonly origin?: "user" | "heading";
}
