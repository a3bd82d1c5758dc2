import { SecondpassError } from "@secondpass/core";

/** What a model is instead of the expected kind. */
export interface ActualKind {
  /** What it is, such as "a reranker". @default the message only says what shows it */
  readonly what?: string;
  /** What shows it: a module, a class, or what is missing. */
  readonly got: string;
  /** The function that loads such models, and the class that uses it; undefined if there is none. */
  readonly loader?: string;
  /** What to do if no function loads such models. @default to choose another model */
  readonly advice?: string;
}

/** Thrown if a repository's model is of another kind than the called function loads. */
export class ModelKindError extends SecondpassError {
  override readonly name = "ModelKindError";
  readonly got: string;

  constructor(
    readonly model: string,
    /** Completes "Expected … to be". */
    readonly expected: string,
    { what, got, loader, advice = "Choose another model." }: ActualKind,
  ) {
    const found = what === undefined ? `one with "${got}"` : `${what} (${got})`;
    super(
      `Expected ${model} to be ${expected}, got ${found}. ${loader === undefined ? advice : `Load it with ${loader}.`}`,
    );
    this.got = got;
  }
}
