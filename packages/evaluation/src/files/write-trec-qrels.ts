import { checkCallOptions, InvalidOptionError } from "@secondpass/core";
import { entriesOf } from "../measures/entries-of.js";
import type { Qrels } from "../measures/evaluate-run.js";
import type { ReadFileOptions } from "./read-trec-run.js";
import { checkField } from "./trec-fields.js";
import { writeLines } from "./write-lines.js";

/**
 * Writes relevance judgements as a TREC file, whole or not at all.
 * @throws {InvalidOptionError} if an id has white space, or a grade is not an integer
 * @throws {FileWriteError}
 */
export async function writeTrecQrels(
  path: string,
  qrels: Qrels,
  options: ReadFileOptions = {},
): Promise<void> {
  checkCallOptions(options, "writeTrecQrels", ["signal"]);
  await writeLines(path, qrelsLines(qrels), options.signal);
}

function* qrelsLines(qrels: Qrels): Generator<string> {
  for (const [query, grades] of entriesOf(qrels, "qrels")) {
    checkField("query id", query);
    for (const [document, grade] of entriesOf(grades, `qrels[${JSON.stringify(query)}]`)) {
      if (!Number.isSafeInteger(grade)) {
        throw new InvalidOptionError(`grade of ${JSON.stringify(document)}`, "an integer", grade);
      }
      yield `${query} 0 ${checkField("document id", document)} ${grade}`;
    }
  }
}
