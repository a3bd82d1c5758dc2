import { checkKnownOptions, checkText, InvalidOptionError } from "@secondpass/core";
import { CsvError, parse } from "csv-parse/sync";
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
 * @throws {InvalidOptionError} if the file's name ends in something else than .csv, .tsv or .jsonl
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
  checkKnownOptions(options, ["signal"], "readQuestions");
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

/** Records of a handful of questions; more would hold the thread for long. */
const MAX_CHARACTERS = 1_000_000;

async function addCsv(path: string, list: QuestionList, signal: AbortSignal | undefined): Promise<void> {
  // Blank lines are part of quoted passages, so that line numbers tell where they were.
  const lines: string[] = [];
  let length = 0;
  for await (const { text, number } of readLines(path, signal)) {
    while (lines.length < number - 1) lines.push("");
    lines.push(text);
    length += text.length;
    if (length > MAX_CHARACTERS) {
      throw new FileFormatError(path, number, `at most ${MAX_CHARACTERS} characters`, length, "Use .jsonl.");
    }
  }
  const [header, ...records] = parseCsv(lines.join("\n"), path);
  if (header === undefined) return;
  const names = header.record.map((name) => name.trim().toLowerCase());
  const [question, passage, source] = ["question", "passage", "source"].map((name) => names.indexOf(name));
  if (question === -1 || (passage === -1 && source === -1)) {
    throw new FileFormatError(
      path,
      header.info.lines,
      "a header with the columns question, and passage or source",
      header.record,
    );
  }
  for (const { record, info } of records) {
    const cell = (column: number | undefined) => record[column ?? -1] ?? "";
    list.add({ question: cell(question), passage: cell(passage), source: cell(source) }, info.lines);
  }
}

interface CsvRecord {
  readonly record: string[];
  /** `lines`: number of the record's last line. */
  readonly info: { readonly lines: number };
}

function parseCsv(text: string, path: string): CsvRecord[] {
  try {
    return parse(text, {
      delimiter: delimiterOf(text),
      info: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines } = error as CsvError & { lines?: number };
    throw new FileFormatError(
      path,
      lines ?? 1,
      "CSV",
      error.message,
      'Quote cells with commas, and write " as "".',
    );
  }
}

/** The separator that the header has most of. */
function delimiterOf(text: string): string {
  const header = text.trimStart().split("\n", 1)[0] ?? "";
  const count = (separator: string) => header.split(separator).length;
  return [",", ";", "\t"].reduce((best, separator) => (count(separator) > count(best) ? separator : best));
}
