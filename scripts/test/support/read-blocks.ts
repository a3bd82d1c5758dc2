import { readFileSync } from "node:fs";
import { join } from "node:path";

const { listFiles } = require("../../support/list-files.cjs") as {
  listFiles(root: string, patterns: readonly string[]): string[];
};

const ROOT = join(__dirname, "../../..");
/** Pages that are left out: those about the past, measurements, parts of pages, and files of tests. */
const NOT_DOCUMENTS = /^(?:\.changeset|docs\/decisions|bench\/results|scripts)\/|\/test\/|CHANGELOG\.md$/;
const COMMAND =
  /^(?:[A-Z_]+=\S+ )*(?:\.venv\/|cd|claude|curl|docker|git|mkdir|node|npm|npx|openssl|pip|pnpm|python3?|rm|secondpass)\b/;
const PROGRAM = /^(?:import|export|const|await|override) /;

/** The kind of a block of code. `output` is everything that is none of the others. */
export type BlockKind = "program" | "shell" | "json" | "yaml" | "toml" | "output";

/** A block of code of a page, fenced or indented. */
export interface Block {
  readonly page: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  readonly kind: BlockKind;
  /** The language of the fence; "" if it has none or there is no fence. */
  readonly language: string;
  readonly code: string;
}

/** The Markdown pages of the repository that people read to use it or to work on it. */
export function documents(): string[] {
  return listFiles(ROOT, ["*.md"]).filter((page) => !NOT_DOCUMENTS.test(page));
}

/** The text of a page. */
export function readPage(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

/** The blocks of code of a page. */
export function readBlocks(page: string): Block[] {
  const text = readPage(page);
  const fencedOrIndented = /^( *)```(\w*)[^\n]*\n([\s\S]*?)^ *```|((?<=\n\n)(?: {4}.*\n|\n)+)/gm;
  return [...text.matchAll(fencedOrIndented)].map(
    ({ 1: indent, 2: language = "", 3: fenced, 4: indented, index }) => {
      const lines = (fenced ?? indented!).split("\n");
      const margin = fenced === undefined ? (/^ */.exec(lines[0]!)?.[0] ?? "") : (indent ?? "");
      const code = lines
        .map((line) => (line.startsWith(margin) ? line.slice(margin.length) : line))
        .join("\n");
      const line = text.slice(0, index).split("\n").length + (fenced === undefined ? 0 : 1);
      return { page, line, kind: kindOf(language, code), language, code };
    },
  );
}

function kindOf(language: string, code: string): BlockKind {
  switch (language) {
    case "js":
    case "ts":
      return "program";
    case "sh":
      return "shell";
    case "json":
    case "yaml":
    case "toml":
      return language;
  }
  if (language !== "") return "output";
  if (COMMAND.test(code)) return "shell";
  if (PROGRAM.test(code)) return "program";
  if (/^\{/.test(code)) return "json";
  return /^\[\w+(?:\.\w+)*\]\n/.test(code) ? "toml" : "output";
}
