import { ResponseFormatError } from "../../errors/response-format-error.js";
import { isRecord } from "./is-record.js";

/**
 * Entries sorted by score, each with its place in the request → [count] scores in the request's order.
 *
 * @throws {ResponseFormatError} unless the indices are 0 … count − 1, each once
 */
export function scoresByIndex(
  entries: readonly unknown[],
  count: number,
  scoreKey: string,
): readonly number[] {
  const scores = new Array<number | undefined>(count).fill(undefined);
  const isOnce = (index: unknown): index is number =>
    typeof index === "number" && index in scores && scores[index] === undefined;
  for (const entry of entries) {
    const index = isRecord(entry) ? entry.index : undefined;
    const score = isRecord(entry) ? entry[scoreKey] : undefined;
    if (!isOnce(index) || typeof score !== "number") {
      throw new ResponseFormatError(
        `entries with a number "${scoreKey}" and every "index" from 0 to ${count - 1} once`,
        entries,
      );
    }
    scores[index] = score;
  }
  return scores.filter((score) => score !== undefined);
}
