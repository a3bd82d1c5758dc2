import type { Command } from "../contract/command.js";

/** Writes the help of the program: its commands. */
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
    "secondpass COMMAND --help lists a command's options; secondpass --version prints the version.",
    "",
    "The value of an option comes from the first of these that sets it:",
    "  1. the command line: --top-n 5",
    "  2. the environment: SECONDPASS_TOP_N=5",
    '  3. the config file: {"top-n": 5} in secondpass.json, or the file that --config or SECONDPASS_CONFIG names;',
    '     {"commands": {"search": {"top-n": 5}}} is for one command. secondpass --schema writes its JSON schema.',
    "  4. the default",
    "",
    "Results go to standard output, everything else to standard error. Exit codes: 0 success, 1 something failed,",
    "2 the command line is invalid, 130 after Ctrl-C.",
    "",
  ].join("\n");
}
