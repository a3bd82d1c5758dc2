import { ResponseFormatError } from "../../errors/response-format-error.js";
import { isRecord } from "./is-record.js";

/**
 * Puts entries with an index into the request's order: entries in any order → [count] scores.
 *
 * @throws {ResponseFormatError} unless the indices are 0 … count − 1, each once
 */
export function scoresByIndex(
  entries: readonly unknown[],
  count: number,
  scoreKey: string,
): readonly number[] {
  const scores = new Array<number | undefined>(count).fill(undefined);
  for (const entry of entries) {
    const index = isRecord(entry) ? entry.index : undefined;
    const score = isRecord(entry) ? entry[scoreKey] : undefined;
    const isPlace = typeof index === "number" && index in scores;
    if (!isPlace || scores[index] !== undefined || typeof score !== "number") {
      const what = isPlace && scores[index] !== undefined ? `a second entry of index ${index}: ` : "";
      throw new ResponseFormatError(
        `entries with a number "${scoreKey}" and every "index" from 0 to ${count - 1} once`,
        `${what}${JSON.stringify(entry)} in ${JSON.stringify(entries)}`,
      );
    }
    scores[index] = score;
  }
  const missing = scores.indexOf(undefined);
  if (missing >= 0) {
    throw new ResponseFormatError(
      `an entry for every "index" from 0 to ${count - 1}`,
      `none for ${missing} in ${JSON.stringify(entries)}`,
    );
  }
  return scores as number[];
}
