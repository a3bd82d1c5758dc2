import { custom } from "valibot";
import { isRecord } from "../../json/is-record.js";
import type { JsonSchema } from "../../json/json-schema.js";

/** A token without its id: its spelling, or an object that also says how it is found in a text. */
export type SpecialTokenJson =
  | string
  | {
      readonly content: string;
      readonly single_word?: boolean | null;
      readonly lstrip?: boolean | null;
      readonly rstrip?: boolean | null;
      readonly normalized?: boolean | null;
      readonly special?: boolean | null;
    };

const FLAGS = ["single_word", "lstrip", "rstrip", "normalized", "special"];

/** Description of a {@link SpecialTokenJson} in error messages. */
export const SPECIAL_TOKEN = "a token: a string, or an object with one in content";

/** Whether a value is a {@link SpecialTokenJson}. */
export function isSpecialToken(value: unknown): value is SpecialTokenJson {
  if (typeof value === "string") return true;
  return (
    isRecord(value) &&
    typeof value.content === "string" &&
    FLAGS.every((name) => value[name] == null || typeof value[name] === "boolean")
  );
}

/** The spelling of a {@link SpecialTokenJson}; undefined if the value is not one. */
export function spellingOf(value: unknown): string | undefined {
  const text = isRecord(value) ? value.content : value;
  return typeof text === "string" ? text : undefined;
}

/** Schema of {@link SpecialTokenJson}. */
export const specialTokenJson: JsonSchema<SpecialTokenJson> = custom<SpecialTokenJson>(
  isSpecialToken,
  SPECIAL_TOKEN,
);
