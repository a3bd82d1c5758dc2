import { InvalidOptionError } from "@secondpass/core";
import { type Measure, parseMeasure } from "./parse-measure.js";

/**
 * Checks and parses a list of measures, whose names must differ.
 * @throws {InvalidOptionError}
 */
export function checkMeasures(measures: unknown): Measure[] {
  if (!Array.isArray(measures) || measures.length === 0) {
    throw new InvalidOptionError("measures", "a list of measures", measures);
  }
  const parsed = measures.map((measure, i) => parseMeasure(measure, `measures[${i}]`));
  const names = parsed.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new InvalidOptionError("measures", "measures of different names", twice);
  return parsed;
}
