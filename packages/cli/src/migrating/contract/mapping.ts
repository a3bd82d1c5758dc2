import type { SourceFile } from "ts-morph";
import type { Change } from "./change.js";
import type { ClassUse } from "./class-use.js";
import type { Finding } from "./finding.js";
import type { Target } from "./target.js";

/** Where an export of a package that people come from is here, and how its uses are rewritten. */
export interface Mapping {
  /** Modules that have it. */
  readonly modules: readonly string[];
  readonly name: string;
  readonly to: Target;
  /** Whether the name is imported no longer if only types are left of it, or nothing. @default false */
  readonly isTypeHere?: boolean;
  /** Something in the file that keeps the class from moving. */
  readonly obstacle?: (file: SourceFile) => Finding | undefined;
  /** Rewrites one use. @returns the reason if the class cannot move because of it */
  readonly rewrite: (use: ClassUse, change: Change) => string | undefined;
  /** What differs here, for every file that uses it. */
  readonly remarks?: readonly string[];
}
