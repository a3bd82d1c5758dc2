import type { SourceFile } from "ts-morph";
import type { Change } from "./change.js";
import type { ClassUse } from "./class-use.js";
import type { Finding } from "./finding.js";
import type { Target } from "./target.js";

/** Maps an export of another package to ours, and rewrites its uses. */
export interface Mapping {
  /** Modules that have it. */
  readonly modules: readonly string[];
  readonly name: string;
  readonly to: Target;
  /** Whether the import is removed if only uses as a type, or none, are left. @default false */
  readonly isTypeHere?: boolean;
  /** Something in the file that keeps the class from moving. */
  readonly obstacle?: (file: SourceFile) => Finding | undefined;
  /** Rewrites one use. @returns the reason if the class cannot move because of it */
  readonly rewrite: (use: ClassUse, change: Change) => string | undefined;
  /** What differs here, for every file that uses it. */
  readonly remarks?: readonly string[];
}
