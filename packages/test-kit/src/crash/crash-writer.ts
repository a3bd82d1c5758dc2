/** Something that writes files. A table of writers is a module whose `CRASH_WRITERS` has them by their titles. */
export interface CrashWriter {
  /** Writes a version, such as "p1.7". */
  write(folder: string, version: string): Promise<void>;
  /** The versions that are there. Throws if something is damaged, or mixed of several. */
  read(folder: string): Promise<string[]>;
  /** What there is after several writes: the last version, or all. @default "last" */
  readonly keeps?: "last" | "all";
  /** What `read` calls a version. @default the version */
  nameOf?(version: string): string;
  /** Names of errors by which a write may say that another one is at work. */
  readonly refusals?: readonly string[];
  /** All entries of the folder once nobody writes. @default any */
  readonly entries?: readonly string[];
}
