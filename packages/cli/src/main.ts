import { nearestName, SecondpassError } from "@secondpass/core";
import { COMMANDS } from "./commands.js";
import type { Command } from "./contract/command.js";
import type { World } from "./contract/world.js";
import { InterruptedError } from "./errors/interrupted-error.js";
import { UsageError } from "./errors/usage-error.js";
import { version } from "./manifest/version.js";
import { commandHelp } from "./options/command-help.js";
import { CONFIG_OPTION } from "./options/config-option.js";
import { configSchema } from "./options/config-schema.js";
import { parseWords } from "./options/parse-words.js";
import { programHelp } from "./options/program-help.js";
import { readConfig } from "./options/read-config.js";

/**
 * Runs the command that the words name.
 * @returns the exit code: 0 if all went well, 1 if something failed, 2 if the command line is invalid, 130 after Ctrl-C
 */
export async function main(
  words: readonly string[],
  world: World,
  commands: Readonly<Record<string, Command>> = COMMANDS,
): Promise<number> {
  const [name, ...rest] = words;
  try {
    if (name === undefined || name === "--help" || name === "-h" || name === "help") {
      world.stdout.write(programHelp(commands));
      return name === undefined ? 2 : 0;
    }
    if (name === "--version" || name === "-v") {
      world.stdout.write(`${version()}\n`);
      return 0;
    }
    if (name === "--schema") {
      world.stdout.write(`${JSON.stringify(configSchema(commands), undefined, 2)}\n`);
      return 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw unknownCommand(name, commands);
    if (rest.includes("--help") || rest.includes("-h")) {
      world.stdout.write(commandHelp(name, command, world.stdout.columns));
      return 0;
    }
    const table = { ...command.options, config: CONFIG_OPTION };
    const { values, operands } = parseWords(rest, table, world.env, (file) =>
      readConfig(file, name, commands),
    );
    if (command.operands === undefined && operands.length > 0) {
      throw new UsageError(`Expected options only, got "${operands[0]}".`);
    }
    return await command.run(values, operands, world);
  } catch (error) {
    const isUsage = UsageError.isInstance(error);
    if (InterruptedError.isInstance(error)) return error.exitCode;
    world.stderr.write(`${messageOf(error, world.env)}\n`);
    if (isUsage) {
      const known = name !== undefined && Object.hasOwn(commands, name) ? `${name} ` : "";
      world.stderr.write(`Try: secondpass ${known}--help\n`);
    }
    return isUsage ? 2 : 1;
  }
}

function unknownCommand(name: string, commands: Readonly<Record<string, Command>>): UsageError {
  const known = Object.keys(commands);
  const nearest = nearestName(name, known);
  const kind = name.startsWith("-") ? "option" : "command";
  return new UsageError(
    `There is no ${kind} ${name}.${nearest === undefined ? "" : ` Did you mean ${nearest}?`} Commands: ${known.join(", ")}.`,
  );
}

/** Returns an error's message; with the stack if DEBUG is set, or if the error is a fault in the program. */
function messageOf(error: unknown, env: World["env"]): string {
  if (!(error instanceof Error)) return String(error);
  const isExpected = SecondpassError.isInstance(error) || "code" in error;
  return (env.DEBUG || !isExpected ? error.stack : undefined) ?? error.message;
}
