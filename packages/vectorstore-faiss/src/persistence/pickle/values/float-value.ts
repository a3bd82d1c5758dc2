import { PythonValue } from "../../../documents/metadata/python-value.js";

/** A float as metadata keeps it: floats that JSON would write as whole numbers keep their type. */
export function floatValue(value: number): unknown {
  return Number.isFinite(value) && !Number.isInteger(value) ? value : new PythonValue("float", value);
}
