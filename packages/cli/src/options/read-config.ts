import { readFileSync } from "node:fs";
import { nearestName } from "@secondpass/core";
import { fileErrorAdvice } from "@secondpass/core/node";
import type { Command } from "../contract/command.js";
import { UsageError } from "../errors/usage-error.js";
import { DEFAULT_CONFIG } from "./config-option.js";

/** Values of options from a config file. */
export interface ConfigValues {
  /** The file, for errors. */
  readonly file: string;
  /** Unchecked values, by option. */
  readonly values: Readonly<Record<string, unknown>>;
}

type Entries = Readonly<Record<string, unknown>>;

/** Keys of the file that are no options. */
const OTHER_KEYS = ["$schema", "commands"];

/**
 * Reads a config file. It has values of options by their names, which apply to all commands with these options, and under `commands` values for one command, which
 * take precedence.
 *
 * @param file undefined for the default one, which may be missing
 * @param name of the command that is run
 * @throws {UsageError} if the file cannot be read, or a key is unknown
 */
export function readConfig(
  file: string | undefined,
  name: string,
  commands: Readonly<Record<string, Command>>,
): ConfigValues | undefined {
  const path = file ?? DEFAULT_CONFIG;
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (file === undefined && (error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new UsageError(
      `Expected --config FILE to be a file that can be read, got ${path}: ${fileErrorAdvice(error as NodeJS.ErrnoException)}`,
      { cause: error },
    );
  }
  const config = checkObject(parse(text, path), path);
  const all = Object.values(commands).flatMap(({ options }) => Object.keys(options));
  checkKeys(config, [...OTHER_KEYS, ...new Set(all)], path);
  const each = checkObject(config.commands ?? {}, `"commands" in ${path}`);
  checkKeys(each, Object.keys(commands), `"commands" in ${path}`);
  for (const [command, values] of Object.entries(each)) {
    const where = `"commands.${command}" in ${path}`;
    checkKeys(checkObject(values, where), Object.keys(commands[command]?.options ?? {}), where);
  }
  const { commands: _, $schema, ...common } = config;
  return { file: path, values: { ...common, ...(each[name] as Entries | undefined) } };
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new UsageError(`Expected ${path} to be JSON, got an error: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

function checkObject(value: unknown, where: string): Entries {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Entries;
  throw new UsageError(`Expected ${where} to be an object of options, got ${JSON.stringify(value)}.`);
}

function checkKeys(entries: Entries, known: readonly string[], where: string): void {
  for (const key of Object.keys(entries)) {
    if (known.includes(key)) continue;
    const nearest = nearestName(key, known);
    const advice = nearest === undefined ? ` Known are ${known.join(", ")}.` : ` Did you mean "${nearest}"?`;
    throw new UsageError(`There is no option "${key}" (${where}).${advice}`);
  }
}
