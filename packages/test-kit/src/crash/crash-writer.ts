/** Code that writes files, for `crashSuite`. A table of writers is a module whose `CRASH_WRITERS` has them by their titles. */
export interface CrashWriter {
  /** Writes a version, such as "p1.7". */
  write(folder: string, version: string): Promise<void>;
  /** Returns the existing versions. Throws if a file is damaged, or a mixture of versions. */
  read(folder: string): Promise<string[]>;
  /** Which versions exist after several writes: the last one, or all. @default "last" */
  readonly keeps?: "last" | "all";
  /** Name of a version in the result of `read`. @default the version */
  nameOf?(version: string): string;
  /** Names of errors with which a write may fail because another one is running. */
  readonly allowedErrors?: readonly string[];
  /** All entries of the folder after the last write. @default any */
  readonly entries?: readonly string[];
}
