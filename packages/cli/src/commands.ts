import { serve } from "./commands/serve.js";
import type { Command } from "./contract/command.js";

/** The commands by name. To add one: a file in `commands/`, and a line here. */
export const COMMANDS: Readonly<Record<string, Command>> = { serve };
