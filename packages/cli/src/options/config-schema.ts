import type { Command } from "../contract/command.js";
import type { Option } from "../contract/option.js";

/** Makes the JSON schema of config files, with which editors check them. */
export function configSchema(commands: Readonly<Record<string, Command>>): object {
  const tables = Object.entries(commands);
  const names = [...new Set(tables.flatMap(([, { options }]) => Object.keys(options)))];
  const common = names.map((name) => {
    const schemas = tables.flatMap(([, { options }]) =>
      Object.hasOwn(options, name) ? [schemaOf(options[name] as Option)] : [],
    );
    const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
    return [name, different.length === 1 ? different[0] : { anyOf: different }];
  });
  const each = tables.map(([name, { options, summary }]) => [
    name,
    {
      description: summary,
      ...objectOf(Object.entries(options).map(([option, value]) => [option, schemaOf(value)])),
    },
  ]);
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "secondpass.json",
    description: "Values of the options of secondpass. Flags and environment variables take precedence.",
    ...objectOf([
      ["$schema", { type: "string" }],
      ...common,
      ["commands", { description: "values for one command each", ...objectOf(each) }],
    ]),
  };
}

function objectOf(properties: readonly (readonly unknown[])[]): object {
  return {
    type: "object",
    properties: Object.fromEntries(properties as [string, unknown][]),
    additionalProperties: false,
  };
}

function schemaOf(option: Option): object {
  const { help: description } = option;
  const value = "default" in option && option.default !== undefined ? { default: option.default } : {};
  switch (option.kind) {
    case "list":
      return { description, anyOf: [{ type: "string" }, { type: "array", items: { type: "string" } }] };
    case "flag":
      return { description, type: "boolean", default: option.default ?? false };
    case "integer":
    case "number":
      return {
        description,
        type: option.kind,
        ...(option.min !== undefined && { minimum: option.min }),
        ...(option.max !== undefined && { maximum: option.max }),
        ...value,
      };
    case "choice":
      return { description, enum: option.choices, ...value };
    default:
      return { description, type: "string", ...value };
  }
}
