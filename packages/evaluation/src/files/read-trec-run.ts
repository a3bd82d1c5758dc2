import { checkCallOptions } from "@secondpass/core";
import { FileFormatError } from "../errors/file-format-error.js";
import { addOnce } from "./add-once.js";
import { readLines } from "./read-lines.js";
import { trecFields } from "./trec-fields.js";

/** A line of a TREC run file. */
export interface TrecRunLine {
  readonly query: string;
  readonly document: string;
  /** The text of the file; measures use the score instead. */
  readonly rank: string;
  readonly score: number;
  /** Name of the system. */
  readonly tag: string;
  /** Number of the line, from 1. */
  readonly line: number;
}

const FIELDS = ["query", "Q0", "document", "rank", "score", "tag"];

/** A decimal number as C's `atof` reads it; nothing may follow. */
const NUMBER = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?)$/i;

/** Settings of readers of files. */
export interface ReadFileOptions {
  readonly signal?: AbortSignal;
}

/**
 * The lines of a TREC run file (`query Q0 document rank score tag`), read as they are needed. Blank lines are left out.
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line
 */
export async function* readTrecRun(
  path: string,
  options: ReadFileOptions = {},
): AsyncGenerator<TrecRunLine, void, undefined> {
  checkCallOptions(options, "readTrecRun", ["signal"]);
  for await (const line of readLines(path, options.signal)) {
    const [query, , document, rank, score, tag] = trecFields(line, FIELDS, path) as [
      string,
      string,
      string,
      string,
      string,
      string,
    ];
    if (!NUMBER.test(score)) throw new FileFormatError(path, line.number, "a number as score", score);
    yield { query, document, rank, score: toNumber(score), tag, line: line.number };
  }
}

function toNumber(text: string): number {
  if (!/inf/i.test(text)) return Number(text);
  return text.startsWith("-") ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/**
 * A whole TREC run file, ready for `evaluateRun`.
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line; also if a document occurs twice for a query
 */
export async function loadTrecRun(
  path: string,
  options: ReadFileOptions = {},
): Promise<Map<string, Map<string, number>>> {
  const run = new Map<string, Map<string, number>>();
  for await (const { query, document, score, line } of readTrecRun(path, options)) {
    addOnce(run, { query, document, value: score }, path, line);
  }
  return run;
}
