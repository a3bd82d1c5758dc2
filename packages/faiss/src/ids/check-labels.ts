import { InvalidArgumentError } from "../errors/invalid-argument-error.js";

/** Checks the ids that a caller gives to new vectors: one for each. @throws InvalidArgumentError */
export function checkIds(ids: BigInt64Array, vectors: number): void {
  const isIds = ids instanceof BigInt64Array;
  if (isIds && ids.length === vectors) return;
  const expected = `a BigInt64Array of ids, one for each of ${vectors} vectors`;
  throw new InvalidArgumentError("ids", expected, isIds ? `${ids.length} ids` : ids);
}

/** Checks a label, by which an index names a vector: its id or, without ids, its position. @returns it as a bigint @throws InvalidArgumentError */
export function checkLabel(label: bigint | number): bigint {
  if (typeof label === "bigint" || Number.isSafeInteger(label)) return BigInt(label);
  throw new InvalidArgumentError("label", "a whole number", label);
}

/** Checks that labels are a list. @throws InvalidArgumentError */
export function checkLabels(labels: Iterable<bigint | number>): void {
  const isList = typeof labels === "object" && labels !== null && Symbol.iterator in labels;
  if (!isList) throw new InvalidArgumentError("labels", "a list of labels", labels);
}
