import type { Command } from "../contract/command.js";
import type { Option } from "../contract/option.js";
import { CONFIG_OPTION } from "./config-option.js";
import { variableOf } from "./variable-of.js";

/** Characters of a line if the output does not report its width. */
const COLUMNS = 100;
/** Characters before the explanation of an option, its name included. */
const INDENT = 34;

/** Writes the help of a command: its purpose, usage and options. */
export function commandHelp(
  name: string,
  { operands, description, options, examples }: Command,
  columns = COLUMNS,
): string {
  const entries = Object.entries({ ...options, config: CONFIG_OPTION }).flatMap(([option, each]) =>
    optionLines(option, each, columns),
  );
  return [
    `Usage: secondpass ${name}${operands === undefined ? "" : ` ${operands}`} [OPTIONS]`,
    "",
    ...wrap(description, columns),
    "",
    "Options:",
    ...entries,
    `  ${"-h, --help".padEnd(INDENT - 2)}this text`,
    "",
    ...wrap(
      "An option that is not given is read from the environment (SECONDPASS_ and its name in capitals with _ for -, unless another name is shown; commas separate the values of a list), else from the config file.",
      columns,
    ),
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

function optionLines(name: string, option: Option, columns: number): string[] {
  const words = [
    `  --${option.kind === "flag" && option.default === true ? `no-${name}` : name}`,
    takes(option),
  ];
  const head = words.filter(Boolean).join(" ");
  const text = [option.help, ...notes(name, option)].join("; ");
  const lines = wrap(text, Math.max(columns - INDENT, 30));
  const [first = "", ...rest] = lines;
  const indented = rest.map((line) => " ".repeat(INDENT) + line);
  if (head.length >= INDENT) return [head, " ".repeat(INDENT) + first, ...indented];
  return [head.padEnd(INDENT) + first, ...indented];
}

function takes(option: Option): string {
  if (option.kind === "flag") return "";
  return option.kind === "choice" ? option.choices.join("|") : option.value;
}

function notes(name: string, option: Option): string[] {
  const found: string[] = [];
  if (option.kind === "list") found.push("may be repeated");
  if (option.kind !== "flag" && "default" in option && option.default !== undefined)
    found.push(`default: ${option.default}`);
  if (option.env !== undefined) found.push(`environment: ${variableOf(name, option)}`);
  return found;
}

/** Breaks a text at spaces into lines of at most `columns` characters. */
function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
