import { nearestName } from "@secondpass/core";
import type { CorpusIndex } from "../../corpus/corpus-index.js";
import { readProblem } from "../../corpus/file-problem.js";
import { textHash } from "../../corpus/passage-splitter.js";
import { readSource } from "../../corpus/scan-corpus.js";
import type { SourceTable } from "../../corpus/source-table.js";
import { ToolError } from "../calls/tool-error.js";

/** Maximum number of names to compare a mistyped one with: more would take too long. */
const MAX_COMPARED = 2000;

/**
 * Reads an indexed file. It returns only text that was indexed: the name must be exactly one of the index's, so a path cannot leave the folder, and the text must have the
 * indexed hash, so that a link or file that has replaced it since is not shown.
 *
 * @throws {ToolError} if the index has no such file, or the file was changed since
 */
export async function readIndexedSource(
  { settings, folder }: CorpusIndex,
  table: SourceTable,
  source: string,
): Promise<string> {
  const known = table.get(source);
  if (known === undefined) throw unknownSource(source, table);
  const again = `Somebody has to run: secondpass index ${settings.corpus} --index ${folder}. read_passage by id gives passages as they were indexed.`;
  try {
    const { text } = await readSource(settings, source);
    if (textHash(text) === known.hash) return text;
  } catch (error) {
    const { reason } = readProblem(source, error);
    throw new ToolError(`Cannot read ${source}. ${reason} ${again}`, { cause: error });
  }
  throw new ToolError(`${source} was changed since it was indexed, so its lines have moved. ${again}`);
}

function unknownSource(source: string, table: SourceTable): ToolError {
  const nearest = table.size <= MAX_COMPARED ? nearestName(source, [...table.keys()]) : undefined;
  const shown = source.length > 200 ? `${source.slice(0, 200)}…` : source;
  return new ToolError(
    `The index has no file ${JSON.stringify(shown)}.${nearest === undefined ? "" : ` Did you mean ${JSON.stringify(nearest)}?`} list_sources lists all files.`,
  );
}
