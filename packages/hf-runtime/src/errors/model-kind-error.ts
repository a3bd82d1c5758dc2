import { SecondpassError } from "@secondpass/core";

/** What a model is instead of the expected kind. */
export interface ActualKind {
  /** What shows it: a module, a class, or what is missing. */
  readonly got: string;
  /** The function that loads such models, and the class over it; undefined if there is none. */
  readonly loader?: string;
}

/** Thrown if a repository's model is of another kind than the function that is to load it. */
export class ModelKindError extends SecondpassError {
  override readonly name = "ModelKindError";
  readonly got: string;

  constructor(
    readonly model: string,
    /** Completes "Expected … to be". */
    readonly expected: string,
    { got, loader }: ActualKind,
  ) {
    const advice = loader === undefined ? "Choose another model." : `Load it with ${loader}.`;
    super(`Expected ${model} to be ${expected}, got one with "${got}". ${advice}`);
    this.got = got;
  }
}
