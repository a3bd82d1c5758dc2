import { evaluate } from "./commands/evaluate.js";
import { indexFolder } from "./commands/index-folder.js";
import { mcp } from "./commands/mcp.js";
import { migrate } from "./commands/migrate.js";
import { models } from "./commands/models.js";
import { rerank } from "./commands/rerank.js";
import { search } from "./commands/search.js";
import { serve } from "./commands/serve.js";
import { ui } from "./commands/ui.js";
import type { Command } from "./contract/command.js";

/** The commands by name. To add one: a file in `commands/`, and a line here. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  index: indexFolder,
  search,
  rerank,
  eval: evaluate,
  models,
  migrate,
  serve,
  mcp,
  ui,
};
