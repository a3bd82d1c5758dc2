import type { PickleBudget } from "./pickle-budget.js";
import { PythonDataError } from "./python-data-error.js";

/** The bytes of a text whose characters are bytes. */
export function latin1Bytes(text: unknown, budget: PickleBudget): Uint8Array {
  if (typeof text !== "string") throw new PythonDataError("it has another value where text is expected");
  budget.charge(text.length);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0xff) throw new PythonDataError("it has bytes with a character beyond Latin-1");
    bytes[i] = unit;
  }
  return bytes;
}
