import { checkCallOptions, InvalidOptionError } from "@secondpass/core";
import { entriesOf } from "../measures/entries-of.js";
import type { Run } from "../measures/evaluate-run.js";
import { checkField } from "./trec-fields.js";
import { writeLines } from "./write-lines.js";

/** Settings of {@link writeTrecRun}. */
export interface WriteTrecRunOptions {
  /** Name of the system. A text without white space. @default "secondpass" */
  readonly tag?: string;
  readonly signal?: AbortSignal;
}

/**
 * Writes a run as a TREC file, whole or not at all. Documents are ranked by score; equal scores keep their order.
 * @throws {InvalidOptionError} if an id or the tag has white space, or a score is not a number
 * @throws {FileWriteError}
 */
export async function writeTrecRun(path: string, run: Run, options: WriteTrecRunOptions = {}): Promise<void> {
  checkCallOptions(options, "writeTrecRun", ["tag", "signal"]);
  const tag = checkField("tag", options.tag ?? "secondpass");
  await writeLines(path, runLines(run, tag), options.signal);
}

function* runLines(run: Run, tag: string): Generator<string> {
  for (const [query, documents] of entriesOf(run, "run")) {
    checkField("query id", query);
    const ranked = [...entriesOf(documents, `run[${JSON.stringify(query)}]`)].sort(([, a], [, b]) => b - a);
    for (const [i, [document, score]] of ranked.entries()) {
      if (typeof score !== "number" || Number.isNaN(score)) {
        throw new InvalidOptionError(`score of ${JSON.stringify(document)}`, "a number", score);
      }
      yield `${query} Q0 ${checkField("document id", document)} ${i + 1} ${scoreText(score)} ${tag}`;
    }
  }
}

/** A number as C and Python read it: `inf` instead of `Infinity`. */
function scoreText(score: number): string {
  return Number.isFinite(score) ? String(score) : score > 0 ? "inf" : "-inf";
}
