import {
  checkBoolean,
  checkCallOptions,
  checkFunction,
  checkOneOf,
  checkOptionValues,
  checkPositiveInteger,
  checkText,
  InvalidOptionError,
  type OptionCheck,
} from "@secondpass/core";
import { checkIndexOption, type IndexOption } from "@secondpass/faiss";
import { DISTANCE_STRATEGIES } from "./contents/distance-strategy.js";

/** Checks of options, by name: a name means the same in every call. Options that are missing here are checked where they are used. */
const CHECKS: Readonly<Record<string, OptionCheck>> = {
  distanceStrategy: (name, value) => checkOneOf(name, value, DISTANCE_STRATEGIES),
  normalizeL2: checkBoolean,
  index: (_, value) => checkIndexOption(value as IndexOption),
  relevanceScore: checkFunction,
  upsert: checkBoolean,
  ignoreMissing: checkBoolean,
  embeddingMismatch: (name, value) => checkOneOf(name, value, ["throw", "allow"]),
  onProgress: checkFunction,
  embedBatchSize: checkPositiveInteger,
  verify: checkBoolean,
  rowsOnDisk: checkBoolean,
  indexName: (name, value) => checkText(value, name),
  efSearch: checkPositiveInteger,
  nprobe: checkPositiveInteger,
  ids: checkList,
  documents: checkList,
};

/**
 * Checks the options of a call, before any work.
 * @param known names of all options; if not given, all are allowed
 * @throws UnknownOptionError, InvalidOptionError, InvalidArgumentError
 */
export function checkOptions(options: object | undefined, owner: string, known?: readonly string[]): void {
  checkCallOptions(options, owner, known);
  checkOptionValues(options, CHECKS);
}

/** Checks that a value is an array. Its items are checked elsewhere, in slices: there may be millions. @throws InvalidOptionError */
export function checkList(name: string, value: unknown): void {
  if (!Array.isArray(value)) throw new InvalidOptionError(name, "an array", value);
}
