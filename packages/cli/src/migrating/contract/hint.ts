import type { SourceFile } from "ts-morph";
import type { Finding } from "./finding.js";

/** Advice about an export that does not move: a sentence shown at its import, or places of the file, each with what to write there. */
export type Hint = string | ((file: SourceFile) => readonly Finding[]);
