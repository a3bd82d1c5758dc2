import { MAX_METADATA_DEPTH } from "../../documents/metadata/encode-metadata.js";
import { PythonValue } from "../../documents/metadata/python-value.js";
import { setOwn } from "../../documents/metadata/set-own.js";
import { PythonDataError } from "./python-data-error.js";
import { PythonDict } from "./python-dict.js";
import { PythonInstance } from "./python-instance.js";
import { PythonSet } from "./python-set.js";
import { PythonTuple } from "./python-tuple.js";

/** Values and characters that a file may still unfold to: shared references could otherwise multiply without end. */
export interface UnfoldingBudget {
  left: number;
}

/**
 * What a pickle built, as metadata: dicts become objects, the rest JSON values and `PythonValue`s.
 * @throws PythonDataError for values that are not data, for cycles, and if the budget is spent
 */
export function toMetadata(value: unknown, budget: UnfoldingBudget, depth = 0): unknown {
  spend(budget, typeof value === "string" ? value.length + 1 : 1);
  if (depth > MAX_METADATA_DEPTH) {
    throw new PythonDataError(
      `its metadata is nested deeper than ${MAX_METADATA_DEPTH} levels or contains itself`,
    );
  }
  if (typeof value !== "object" || value === null) return value;
  const inner = (item: unknown): unknown => toMetadata(item, budget, depth + 1);
  if (Array.isArray(value)) return value.map(inner);
  if (value instanceof PythonTuple) return new PythonValue("tuple", value.items.map(inner));
  if (value instanceof PythonSet) return new PythonValue(value.kind, value.items.map(inner));
  if (value instanceof PythonDict) return dictOf(value, inner);
  // Such as a UUID, whose value is known once its state is.
  if (value instanceof PythonInstance && value.value instanceof PythonValue) return value.value;
  if (value instanceof PythonValue) {
    if (value.is("bytes") || value.is("bytearray")) spend(budget, value.payload.length);
    return value;
  }
  throw new PythonDataError("its metadata holds a class or an object that is no data");
}

function dictOf(dict: PythonDict, inner: (item: unknown) => unknown): unknown {
  const entries = [...dict];
  if (!entries.every(([key]) => typeof key === "string")) {
    return new PythonValue(
      "dict",
      entries.map(([key, item]) => [inner(key), inner(item)] as const),
    );
  }
  const object = {};
  for (const [key, item] of entries) setOwn(object, inner(key) as string, inner(item));
  return object;
}

function spend(budget: UnfoldingBudget, amount: number): void {
  budget.left -= amount;
  if (budget.left < 0) throw new PythonDataError("its shared references unfold to many times its size");
}
