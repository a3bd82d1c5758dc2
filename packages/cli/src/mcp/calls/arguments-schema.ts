import type { StandardSchemaWithJSON } from "@modelcontextprotocol/server";
import { nearestName } from "@secondpass/core";
import { z } from "zod";

/**
 * Makes the schema of a tool's arguments. Its errors tell an agent how to correct the call: what was expected, what came, and the likely name for a mistyped one.
 */
export function argumentsSchema<Shape extends z.ZodRawShape>(
  shape: Shape,
): StandardSchemaWithJSON<z.input<z.ZodObject<Shape>>, z.output<z.ZodObject<Shape>>> {
  const schema = z.strictObject(shape);
  const standard = schema["~standard"];
  return {
    "~standard": {
      version: standard.version,
      vendor: standard.vendor,
      jsonSchema: standard.jsonSchema,
      validate(value) {
        const { success, data, error } = schema.safeParse(value);
        if (success) return { value: data as z.output<z.ZodObject<Shape>> };
        return { issues: error.issues.map((issue) => ({ message: explain(issue, value, shape) })) };
      },
    },
  };
}

function explain(issue: z.core.$ZodIssue, value: unknown, shape: z.ZodRawShape): string {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownArgument(key, Object.keys(shape))).join(" ");
  }
  const got = shown(issue.path.reduce<unknown>((part, key) => part?.[key as never], value));
  if (issue.path.length === 0) return `Expected an object of arguments, got ${got}.`;
  const name = issue.path.map(String).join(".");
  // Of `documents.3`, the description is that of `documents`.
  const description = issue.path.length === 1 ? shape[name] : undefined;
  const meaning = description instanceof z.ZodType ? description.meta()?.description : undefined;
  return `Expected ${name} to be ${expectation(issue)}, got ${got}.${meaning === undefined ? "" : ` ${name}: ${meaning}`}`;
}

function unknownArgument(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  const advice = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
  return `There is no argument ${shown(key)}.${advice} Arguments: ${known.join(", ")}.`;
}

const ARTICLES: Readonly<Record<string, string>> = {
  int: "an integer",
  array: "a list",
  object: "an object",
  boolean: "true or false",
  string: "a text",
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case "invalid_type":
      return ARTICLES[issue.expected] ?? `a ${issue.expected}`;
    case "invalid_value":
      return `one of ${issue.values.map((each) => JSON.stringify(each)).join(", ")}`;
    case "too_small":
      return `${amount(issue.origin)} of at least ${issue.minimum}`;
    case "too_big":
      return `${amount(issue.origin)} of at most ${issue.maximum}`;
    default:
      return `valid (${issue.message})`;
  }
}

function amount(origin: string): string {
  if (origin === "string") return "a text with a number of characters";
  return origin === "array" ? "a list with a number of elements" : "a number";
}

/** Describes a value in short form. */
function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value === "string" && value.length > 40) return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === "object" && value !== null ? "an object" : JSON.stringify(value);
}
