import { check, optional, pipe, string } from "valibot";
import type { JsonSchema } from "../../json/json-schema.js";
import { objectOf } from "../../json/object-of.js";

/** A search pattern in tokenizer.json: a literal text or an Oniguruma pattern. */
export interface PatternJson {
  readonly String?: string;
  readonly Regex?: string;
}

/** Schema of {@link PatternJson}. */
export const patternJson: JsonSchema<PatternJson> = pipe(
  objectOf({ String: optional(string()), Regex: optional(string()) }),
  check(
    (pattern) => (pattern.String === undefined) !== (pattern.Regex === undefined),
    "an object with either String or Regex",
  ),
);
