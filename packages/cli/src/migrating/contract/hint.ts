import type { SourceFile } from "ts-morph";
import type { Finding } from "./finding.js";

/** What to do about an export that does not move: a sentence for where it is imported, or places of the file, each with what to write there. */
export type Hint = string | ((file: SourceFile) => readonly Finding[]);
