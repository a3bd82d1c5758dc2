import { PythonValue } from "../../../documents/metadata/python-value.js";
import { latin1Bytes } from "./latin1-bytes.js";
import type { PickleBudget } from "./pickle-budget.js";
import { PythonDataError } from "./python-data-error.js";

/** The bytes of a bytes object or a bytearray. Protocols before 3 have no bytes: they write text, each character a byte. */
export function rawBytes(value: unknown, budget: PickleBudget): Uint8Array {
  if (value instanceof PythonValue && (value.is("bytes") || value.is("bytearray"))) return value.payload;
  if (typeof value === "string") return latin1Bytes(value, budget);
  throw new PythonDataError("it has another value where bytes are expected");
}
