import type { Command } from "../contract/command.js";

/** The list of commands. */
export function programHelp(commands: Readonly<Record<string, Pick<Command, "summary">>>): string {
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(10)} ${summary}`);
  return [
    "Usage: secondpass COMMAND [OPTIONS]",
    "",
    "Second-pass ranking: retrieve broadly, then let a reranker put the best first.",
    "",
    "Commands:",
    ...lines,
    "",
    "secondpass COMMAND --help lists a command's options; secondpass --version says which version this is.",
    "It leaves with 0 if all went well, 1 if something failed, 2 if the command line is invalid.",
    "",
  ].join("\n");
}
