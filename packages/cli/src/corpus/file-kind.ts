import type { SupportedTextSplitterLanguage } from "@secondpass/text-splitters";

/** How a file is split: as a language of the splitters, as plain text, or by the text of its HTML. */
export type FileKind = SupportedTextSplitterLanguage | "text" | "html-text";

/** Files that are indexed without a glob: written for people. */
const TEXTS: Readonly<Record<string, FileKind>> = {
  ".txt": "text",
  ".text": "text",
  ".adoc": "text",
  ".org": "text",
  ".md": "markdown",
  ".markdown": "markdown",
  ".mdx": "markdown",
  ".rst": "rst",
  ".tex": "latex",
  ".html": "html-text",
  ".htm": "html-text",
  ".xhtml": "html-text",
};

/** Source code, which is indexed only if a glob names it. */
const CODE: Readonly<Record<string, FileKind>> = {
  ".c": "c",
  ".h": "c",
  ".cc": "cpp",
  ".cpp": "cpp",
  ".hpp": "cpp",
  ".cs": "csharp",
  ".go": "go",
  ".java": "java",
  ".kt": "kotlin",
  ".js": "js",
  ".mjs": "js",
  ".cjs": "js",
  ".jsx": "js",
  ".ts": "ts",
  ".mts": "ts",
  ".tsx": "ts",
  ".php": "php",
  ".proto": "proto",
  ".py": "python",
  ".rb": "ruby",
  ".rs": "rust",
  ".scala": "scala",
  ".swift": "swift",
  ".sol": "sol",
  ".lua": "lua",
  ".hs": "haskell",
  ".ex": "elixir",
  ".exs": "elixir",
  ".ps1": "powershell",
};

/** Endings of the files that are indexed without a glob. */
export const TEXT_ENDINGS: readonly string[] = Object.keys(TEXTS);

const KINDS = { ...TEXTS, ...CODE };

/** Returns the kind of a file by the ending of its name. */
export function fileKind(path: string): FileKind {
  const ending = /\.[^./\\]+$/.exec(path)?.[0].toLowerCase() ?? "";
  return Object.hasOwn(KINDS, ending) ? (KINDS[ending] as FileKind) : "text";
}
