import { pipeline, Readable } from "node:stream";
import { checkCallOptions, checkText, InvalidOptionError } from "@secondpass/core";
import { CsvError, parse } from "csv-parse";
import { FileFormatError } from "../errors/file-format-error.js";
import { readJsonLines, textField } from "../files/read-json-lines.js";
import { readLines } from "../files/read-lines.js";
import type { ReadFileOptions } from "../files/read-trec-run.js";
import type { EvaluationQuestion } from "./evaluation-question.js";
import { QuestionList } from "./question-list.js";

/**
 * Reads questions from a CSV file with the columns `question`, `passage` and `source` in any order (one of the last two is enough;
 * separated by commas, semicolons or tabs), or from a `.jsonl` file of objects with these fields. Rows of the same question become one
 * question with several answers. Other columns are ignored.
 *
 * @throws {InvalidOptionError} if the file's name does not end in .csv, .tsv or .jsonl
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line
 *
 * @example
 * // question,source
 * // How are indexes saved?,guide/05-faiss-indexes.md
 * const questions = await readQuestions("questions.csv");
 */
export async function readQuestions(
  path: string,
  options: ReadFileOptions = {},
): Promise<EvaluationQuestion[]> {
  checkCallOptions(options, "readQuestions", ["signal"]);
  const ending = /\.(csv|tsv|jsonl)$/i.exec(checkText(path, "path"))?.[1]?.toLowerCase();
  if (ending === undefined)
    throw new InvalidOptionError("path", "a file ending in .csv, .tsv or .jsonl", path);
  const list = new QuestionList(path);
  await (ending === "jsonl" ? addJsonLines : addCsv)(path, list, options.signal);
  return list.questions();
}

async function addJsonLines(
  path: string,
  list: QuestionList,
  signal: AbortSignal | undefined,
): Promise<void> {
  for await (const line of readJsonLines(path, signal)) {
    const field = (name: string, fallback?: string) => textField(line, name, path, fallback);
    list.add(
      { question: field("question"), passage: field("passage", ""), source: field("source", "") },
      line.number,
    );
  }
}

/** Longest row in characters: a longer one has a quote that was never closed. */
const MAX_ROW = 1_000_000;

interface CsvRecord {
  readonly record: string[];
  /** `lines`: number of the record's last line. */
  readonly info: { readonly lines: number };
}

async function addCsv(path: string, list: QuestionList, signal: AbortSignal | undefined): Promise<void> {
  let columns: readonly number[] | undefined;
  for await (const { record, info } of csvRecords(path, signal)) {
    if (columns === undefined) {
      columns = columnsOf(record, path, info.lines);
      continue;
    }
    const [question, passage, source] = columns.map((column) => record[column] ?? "") as [
      string,
      string,
      string,
    ];
    list.add({ question, passage, source }, info.lines);
  }
}

/** Column numbers of question, passage and source; −1 if a column is missing. */
function columnsOf(header: readonly string[], path: string, line: number): readonly number[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const [question, passage, source] = ["question", "passage", "source"].map((name) => names.indexOf(name));
  if (question !== -1 && (passage !== -1 || source !== -1)) return [question!, passage!, source!];
  throw new FileFormatError(path, line, "a header with the columns question, and passage or source", header);
}

async function* csvRecords(path: string, signal: AbortSignal | undefined): AsyncGenerator<CsvRecord> {
  const lines = csvLines(path, signal);
  const first = await lines.next();
  if (first.done) return;
  const parser = parse({
    delimiter: delimiterOf(first.value),
    info: true,
    max_record_size: MAX_ROW,
    skip_empty_lines: true,
    skip_records_with_empty_values: true,
  });
  parser.write(first.value);
  // The loop below throws the errors.
  pipeline(Readable.from(lines), parser, () => undefined);
  try {
    for await (const record of parser) yield record as CsvRecord;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines: line } = error as CsvError & { lines?: number };
    throw new FileFormatError(
      path,
      line ?? 1,
      "CSV",
      error.message,
      'Quote cells with commas, and write " as "".',
    );
  }
}

/** The lines with their ends. Blank ones are part of quoted passages, and line numbers count them. */
async function* csvLines(
  path: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string, void, undefined> {
  let last = 0;
  for await (const { text, number } of readLines(path, signal)) {
    yield `${"\n".repeat(number - 1 - last)}${text}\n`;
    last = number;
  }
}

/** The separator that occurs most often in the header. */
function delimiterOf(header: string): string {
  const count = (separator: string) => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
