import { parseArgs } from "node:util";
import { nearestName } from "@secondpass/core";
import type { Option, OptionTable, OptionValues } from "../contract/option.js";
import { UsageError } from "../errors/usage-error.js";
import { CONFIG_OPTION } from "./config-option.js";
import { configTexts } from "./config-texts.js";
import type { ConfigValues } from "./read-config.js";
import { readOption } from "./read-option.js";
import { variableOf } from "./variable-of.js";

/** The parsed words of a command. */
export interface ParsedWords {
  /** By option: the given value, else that of the environment or the config file, else the default, else undefined, false or an empty list. */
  readonly values: OptionValues<OptionTable>;
  /** Words that are no options. */
  readonly operands: readonly string[];
}

/**
 * Reads the words after a command. Flags take precedence over environment variables, these over the config file, and that over defaults.
 *
 * @param readConfig reads the config file that `--config` names; undefined is the default one
 * @throws {UsageError} if an option is invalid or unknown; names it, the expected value, the given one, and the nearest name of an unknown one
 */
export function parseWords(
  words: readonly string[],
  table: OptionTable,
  env: Readonly<Record<string, string | undefined>>,
  readConfig: (file: string | undefined) => ConfigValues | undefined = () => undefined,
): ParsedWords {
  const { tokens } = parseArgs({
    args: [...words],
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(table).map(([name, { kind }]) => [
        name,
        { type: kind === "flag" ? ("boolean" as const) : ("string" as const) },
      ]),
    ),
  });
  const given = new Map<string, string[]>();
  const operands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") operands.push(token.value);
    if (token.kind !== "option") continue;
    const [name, text] = readToken(token, table);
    given.set(name, [...(given.get(name) ?? []), text]);
  }
  const file = valueOfOption("config", CONFIG_OPTION, { given: given.get("config"), env, config: undefined });
  const config = readConfig(file as string | undefined);
  const values = Object.fromEntries(
    Object.entries(table).map(([name, option]) => [
      name,
      valueOfOption(name, option, { given: given.get(name), env, config }),
    ]),
  );
  for (const name of given.keys()) {
    const needs = table[name]?.needs;
    if (needs === undefined || values[needs] === true) continue;
    throw new UsageError(
      `Expected --${name} only with --${needs}, without which it has no effect, got --no-${needs}.`,
    );
  }
  return { values: values as OptionValues<OptionTable>, operands };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string;
  readonly inlineValue?: boolean;
}

/** Reads a token: the option that it names, and its value as a text. */
function readToken(
  { name, rawName, value, inlineValue }: OptionToken,
  table: OptionTable,
): readonly [string, string] {
  const off = name.startsWith("no-") ? name.slice(3) : undefined;
  const option = Object.hasOwn(table, name) ? table[name] : undefined;
  if (option === undefined) {
    if (off !== undefined && Object.hasOwn(table, off) && table[off]?.kind === "flag") {
      if (value !== undefined) throw new UsageError(`Expected ${rawName} without a value, got "${value}".`);
      return [off, "false"];
    }
    throw unknownOption(rawName, table);
  }
  if (option.kind === "flag") {
    if (value === undefined) return [name, "true"];
    throw new UsageError(`Expected ${rawName} or --no-${name} without a value, got "${value}".`);
  }
  const takes = option.kind === "choice" ? option.choices.join("|") : option.value;
  if (value === undefined) throw new UsageError(`Expected ${rawName} ${takes}, got no value.`);
  // "--port --host x" lacks a port. "--name=--value" is explicit.
  const isNumber = option.kind === "number" && /^-\.?\d/.test(value);
  if (inlineValue !== true && /^-./.test(value) && !isNumber) {
    throw new UsageError(
      `Expected ${rawName} ${takes}, got ${value}. Write ${rawName}=VALUE for a value that begins with a dash.`,
    );
  }
  return [name, value];
}

function unknownOption(rawName: string, table: OptionTable): UsageError {
  const known = ["help", ...Object.keys(table)];
  const nearest = nearestName(rawName.replace(/^-+/, ""), known);
  return new UsageError(
    `There is no option ${rawName}.${nearest === undefined ? "" : ` Did you mean --${nearest}?`}`,
  );
}

/** Sources of an option's value, the first one with a value counts. */
interface Sources {
  /** Values on the command line. */
  readonly given: readonly string[] | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config: ConfigValues | undefined;
}

function valueOfOption(name: string, option: Option, { given, env, config }: Sources): unknown {
  if (given !== undefined) return readOption(option, given, `--${name}`);
  const variable = variableOf(name, option);
  const text = env[variable];
  if (text !== undefined && text.trim() !== "") {
    const texts =
      option.kind === "list"
        ? text
            .split(/[,\n]/)
            .map((part) => part.trim())
            .filter(Boolean)
        : [text.trim()];
    if (texts.length > 0) return readOption(option, texts, variable);
  }
  if (config !== undefined && Object.hasOwn(config.values, name)) {
    const where = `"${name}" in ${config.file}`;
    const configured = configTexts(option, config.values[name], where);
    if (configured.length > 0) return readOption(option, configured, where);
  }
  if (option.kind === "list") return [];
  return option.default ?? (option.kind === "flag" ? false : undefined);
}
