import { checkCallOptions } from "@secondpass/core";
import { addOnce } from "./add-once.js";
import { gradeOf } from "./grade-of.js";
import { readLines } from "./read-lines.js";
import type { ReadFileOptions } from "./read-trec-run.js";
import { trecFields } from "./trec-fields.js";

/** A line of a TREC qrels file. */
export interface TrecQrelsLine {
  readonly query: string;
  /** The second field, which no measure uses. */
  readonly iteration: string;
  readonly document: string;
  /** An integer; a document is relevant if it is 1 or more. */
  readonly grade: number;
  /** Number of the line, from 1. */
  readonly line: number;
}

const FIELDS = ["query", "iteration", "document", "grade"];

/**
 * The lines of a TREC qrels file (`query iteration document grade`), read as they are needed. Blank lines are left out.
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line
 */
export async function* readTrecQrels(
  path: string,
  options: ReadFileOptions = {},
): AsyncGenerator<TrecQrelsLine, void, undefined> {
  checkCallOptions(options, "readTrecQrels", ["signal"]);
  for await (const line of readLines(path, options.signal)) {
    const [query, iteration, document, text] = trecFields(line, FIELDS, path) as [
      string,
      string,
      string,
      string,
    ];
    const grade = gradeOf(text, path, line.number);
    yield { query, iteration, document, grade, line: line.number };
  }
}

/**
 * A whole TREC qrels file, ready for `evaluateRun`.
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line; also if a document is judged twice for a query
 */
export async function loadTrecQrels(
  path: string,
  options: ReadFileOptions = {},
): Promise<Map<string, Map<string, number>>> {
  const qrels = new Map<string, Map<string, number>>();
  for await (const { query, document, grade, line } of readTrecQrels(path, options)) {
    addOnce(qrels, { query, document, value: grade }, path, line);
  }
  return qrels;
}
