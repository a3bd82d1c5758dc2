import { join } from "node:path";
import type { DocumentInterface } from "@langchain/core/documents";
import {
  checkCallOptions,
  checkKnownOptions,
  checkObject,
  checkText,
  InvalidOptionError,
} from "@secondpass/core";
import { asMap, entriesOf, type Keyed } from "../measures/entries-of.js";
import type { Qrels } from "../measures/evaluate-run.js";
import { checkSplit } from "./check-split.js";
import type { BeirFolderOptions } from "./load-beir-folder.js";
import { writeLines } from "./write-lines.js";

/** The content of a BEIR folder. */
export interface BeirFolder {
  /** Each with an `id`. A text in `metadata.title` becomes the title. */
  readonly documents: Iterable<DocumentInterface> | AsyncIterable<DocumentInterface>;
  /** Texts of the queries, by id. */
  readonly queries: Keyed<string>;
  /** Query id → document id → grade. Each query must be in `queries`. */
  readonly qrels: Qrels;
}

const HEADER = "query-id\tcorpus-id\tscore";

/**
 * Writes a BEIR folder: `corpus.jsonl`, `queries.jsonl` and `qrels/test.tsv`, in this order, each whole or not at all. A folder with judgements is
 * complete. Documents are written one by one, and are never all in memory.
 * @param folder made if it is missing; files of these names are replaced
 * @throws {InvalidOptionError} if an argument is of another kind, a document has no id or an id twice, an id cannot be in a table, a grade is not
 * an integer, metadata is not JSON, or a judged query has no text
 * @throws {FileWriteError}
 *
 * @example
 * await writeBeirFolder("my-set", { documents, queries: { q1: "How tall is Mont Blanc?" }, qrels: { q1: { d7: 1 } } });
 * const { queries, qrels } = await loadBeirFolder("my-set");
 */
export async function writeBeirFolder(
  folder: string,
  content: BeirFolder,
  options: BeirFolderOptions = {},
): Promise<void> {
  checkCallOptions(options, "writeBeirFolder", ["split", "signal"]);
  checkText(folder, "folder");
  const split = checkSplit(options.split ?? "test");
  const { signal } = options;
  checkKnownOptions(content, ["documents", "queries", "qrels"], "The content of writeBeirFolder");
  const { documents, queries, qrels }: Partial<BeirFolder> = content ?? {};
  checkDocuments(documents);
  signal?.throwIfAborted();
  // Check everything in memory before anything is written.
  const queryLines = [...linesOfQueries(queries as BeirFolder["queries"])];
  const qrelsLines = [
    HEADER,
    ...linesOfQrels(qrels as Qrels, asMap(queries as BeirFolder["queries"], "queries")),
  ];
  await writeLines(join(folder, "corpus.jsonl"), linesOfCorpus(documents), signal);
  await writeLines(join(folder, "queries.jsonl"), queryLines, signal);
  await writeLines(join(folder, "qrels", `${split}.tsv`), qrelsLines, signal);
}

/** @throws {InvalidOptionError} if the documents are not iterable */
function checkDocuments(documents: unknown): asserts documents is BeirFolder["documents"] {
  const isIterable =
    typeof documents === "object" &&
    documents !== null &&
    (Symbol.iterator in documents || Symbol.asyncIterator in documents);
  if (!isIterable)
    throw new InvalidOptionError("documents", "an array of Documents, or another iterable", documents);
}

async function* linesOfCorpus(documents: BeirFolder["documents"]): AsyncGenerator<string> {
  const ids = new Set<string>();
  let place = 0;
  for await (const document of documents) {
    const name = `documents[${place++}]`;
    checkObject(name, document, "a Document");
    const { id, pageContent, metadata } = document;
    checkId(`${name}.id`, id);
    if (ids.has(id)) throw new InvalidOptionError(`${name}.id`, "an id that no document before has", id);
    ids.add(id);
    const { title, ...others } = metadata ?? {};
    const isTitle = typeof title === "string";
    yield jsonLine(`${name}.metadata`, {
      _id: id,
      title: isTitle ? title : "",
      text: checkText(pageContent, `${name}.pageContent`),
      metadata: isTitle ? others : { ...metadata },
    });
  }
}

function* linesOfQueries(queries: Keyed<string>): Generator<string> {
  for (const [id, text] of entriesOf(queries, "queries")) {
    checkId("a query's id", id);
    yield jsonLine("queries", {
      _id: id,
      text: checkText(text, `query ${JSON.stringify(id)}`),
      metadata: {},
    });
  }
}

function* linesOfQrels(qrels: Qrels, queries: ReadonlyMap<string, string>): Generator<string> {
  for (const [query, grades] of entriesOf(qrels, "qrels")) {
    if (!queries.has(query)) throw new InvalidOptionError("a judged query", "an id of `queries`", query);
    for (const [document, grade] of entriesOf(grades, `qrels[${JSON.stringify(query)}]`)) {
      checkId("a judged document", document);
      if (!Number.isSafeInteger(grade)) {
        throw new InvalidOptionError(`grade of ${JSON.stringify(document)}`, "an integer", grade);
      }
      yield `${query}\t${document}\t${grade}`;
    }
  }
}

/** @throws {InvalidOptionError} if a text cannot be a field of a table, as BEIR's own loader reads it */
function checkId(name: string, id: unknown): asserts id is string {
  if (typeof id === "string" && /^[^\s"](?:[^\t\n\r"]*[^\s"])?$/u.test(id)) return;
  const advice = "BEIR separates ids by tabs.";
  throw new InvalidOptionError(name, "a text without tabs, line ends and quotation marks", id, advice);
}

/** @throws {InvalidOptionError} if a value is not JSON */
function jsonLine(name: string, value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    throw new InvalidOptionError(name, "JSON", value, error instanceof Error ? error.message : "");
  }
}
