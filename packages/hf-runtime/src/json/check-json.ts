import { describeValue } from "@secondpass/core";
import { getDotPath, safeParse } from "valibot";
import { MalformedModelFileError } from "../errors/malformed-model-file-error.js";
import type { JsonSchema } from "./json-schema.js";

/** valibot's names of kinds of values, in words. */
const WORDS: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  boolean: "true or false",
  Object: "an object",
  Array: "a list",
};

/** Maximum number of characters of a key in an error, because a key may be as long as the file. */
const MAX_PLACE = 200;

/**
 * Checks the content of a model's JSON file.
 * @param path path of the file in the model's repository
 * @returns the content in the schema's form
 * @throws MalformedModelFileError that names the key, the expected and the actual value
 */
export function checkJson<Json>(model: string, path: string, schema: JsonSchema<Json>, value: unknown): Json {
  const result = safeParse(schema, value, { abortEarly: true });
  if (result.success) return result.output;
  const issue = result.issues[0];
  const key = shortened(getDotPath(issue));
  const isOwnText = issue.expected === null || !issue.message.startsWith("Invalid ");
  const expected = isOwnText ? issue.message : (WORDS[issue.expected ?? ""] ?? issue.expected ?? "");
  // A missing key is reported as a key that was expected.
  const isMissing = issue.input === undefined;
  throw new MalformedModelFileError(model, path, isMissing && !isOwnText ? "there" : expected, {
    key,
    got: isMissing ? "nothing" : describeValue(issue.input),
  });
}

function shortened(place: string | null): string | undefined {
  if (place === null) return undefined;
  return place.length > MAX_PLACE ? `${place.slice(0, MAX_PLACE)}…` : place;
}
