import type { ModelFacts } from "./payload.js";
import { unexpected } from "./values/unexpected.js";

/** Checks the requested dimensions. @throws {RequestError} 422 if the model's vectors have fewer */
export function checkDimensions(
  wanted: number | undefined,
  where: string,
  { dimensions = Number.POSITIVE_INFINITY }: ModelFacts,
): number | undefined {
  if (wanted === undefined || wanted === dimensions) return undefined;
  if (wanted < dimensions) return wanted;
  throw unexpected(where, `at most ${dimensions}, the dimensions of the model's vectors`, wanted);
}
