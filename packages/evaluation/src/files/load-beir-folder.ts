import { join } from "node:path";
import { Document } from "@langchain/core/documents";
import { checkCallOptions, checkText } from "@secondpass/core";
import { FileFormatError } from "../errors/file-format-error.js";
import { addOnce } from "./add-once.js";
import { checkSplit } from "./check-split.js";
import { gradeOf, isGrade } from "./grade-of.js";
import { readJsonLines, textField } from "./read-json-lines.js";
import { readLines } from "./read-lines.js";
import type { ReadFileOptions } from "./read-trec-run.js";

/** Settings of {@link loadBeirFolder} and `writeBeirFolder`. */
export interface BeirFolderOptions extends ReadFileOptions {
  /** Name of the file in `qrels/`, without `.tsv`. @default "test" */
  readonly split?: string;
}

/** Queries and judgements of a BEIR folder. */
export interface BeirQueries {
  /** Texts of the queries that have a judgement, by id. */
  readonly queries: ReadonlyMap<string, string>;
  /** Query id → document id → grade. */
  readonly qrels: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/**
 * The documents of a BEIR folder (`corpus.jsonl`), read as they are needed: the text as page content, `title` and the file's `metadata` in
 * the metadata, the id as `id`.
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line
 */
export async function* readBeirCorpus(
  folder: string,
  options: ReadFileOptions = {},
): AsyncGenerator<Document, void, undefined> {
  checkCallOptions(options, "readBeirCorpus", ["signal"]);
  const path = join(checkText(folder, "folder"), "corpus.jsonl");
  for await (const line of readJsonLines(path, options.signal)) {
    const title = textField(line, "title", path, "");
    const { metadata } = line.value;
    yield new Document({
      id: textField(line, "_id", path),
      pageContent: textField(line, "text", path),
      metadata: { ...(typeof metadata === "object" && metadata), ...(title !== "" && { title }) },
    });
  }
}

/**
 * The queries and judgements of a BEIR folder: `queries.jsonl` and `qrels/test.tsv`, whose first line is a header.
 * @throws {FileReadError}
 * @throws {FileFormatError} names the line; also if a judged query is not in `queries.jsonl`
 */
export async function loadBeirFolder(folder: string, options: BeirFolderOptions = {}): Promise<BeirQueries> {
  checkCallOptions(options, "loadBeirFolder", ["split", "signal"]);
  const split = checkSplit(options.split ?? "test");
  const path = join(checkText(folder, "folder"), "queries.jsonl");
  const texts = new Map<string, string>();
  for await (const line of readJsonLines(path, options.signal)) {
    texts.set(textField(line, "_id", path), textField(line, "text", path));
  }
  const qrelsPath = join(folder, "qrels", `${split}.tsv`);
  const qrels = new Map<string, Map<string, number>>();
  const queries = new Map<string, string>();
  for await (const { text, number } of readLines(qrelsPath, options.signal)) {
    const fields = text.split("\t");
    const [query, document, grade] = fields as [string, string, string];
    if (fields.length !== 3) {
      throw new FileFormatError(
        qrelsPath,
        number,
        "3 fields separated by tabs (query-id, corpus-id, score)",
        text,
      );
    }
    if (number === 1 && !isGrade(grade.trim())) continue;
    const known = texts.get(query);
    if (known === undefined) {
      throw new FileFormatError(qrelsPath, number, "a query of queries.jsonl", query);
    }
    const value = gradeOf(grade.trim(), qrelsPath, number);
    addOnce(qrels, { query, document, value }, qrelsPath, number);
    queries.set(query, known);
  }
  return { queries, qrels };
}
