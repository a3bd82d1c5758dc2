import type { OptionTable, OptionValues } from "./option.js";
import type { World } from "./world.js";

/** A command of the program: one file in `commands/`, and a line in `commands.ts`. */
export interface Command<Table extends OptionTable = OptionTable> {
  /** For the list of commands: a phrase. */
  readonly summary: string;
  /** Words that follow the command, such as "[QUESTION]". @default none */
  readonly operands?: string;
  /** What the command does, for its help. */
  readonly description: string;
  readonly options: Table;
  /** Command lines that show its use. */
  readonly examples: readonly string[];
  /**
   * Runs the command. Heavy modules are imported here, not before.
   * @returns the exit code
   * @throws {UsageError} if the words are invalid
   */
  run(values: OptionValues<Table>, operands: readonly string[], world: World): Promise<number>;
}

/** Defines a command, and infers the types of its values from its options. */
export function defineCommand<const Table extends OptionTable>(command: Command<Table>): Command {
  return command as unknown as Command;
}
