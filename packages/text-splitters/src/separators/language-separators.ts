/** Separators for keywords at the start of a line, followed by a space: `\nclass `. */
function lines(keywords: string): string[] {
  return keywords.split(" ").map((keyword) => `\n${keyword} `);
}

/** Separators for text that is not code: paragraphs, lines, words, characters. */
const PROSE = ["\n\n", "\n", " ", ""];

const C_FAMILY = [...lines("class void int float double if for while switch case"), ...PROSE];

/** Words that may precede a definition in Visual Basic 6. */
const VB6_SCOPE = "(?:Public|Private|Friend|Global|Static)\\s+";

/**
 * Separators for source code, the most important first; each is a pattern of Python's `re`. The lists are those
 * of langchain_text_splitters 1.1.3; a golden file compares them.
 */
export const LANGUAGE_SEPARATORS = {
  cpp: C_FAMILY,
  go: [...lines("func var const type if for switch case"), ...PROSE],
  java: [...lines("class public protected private static if for while switch case"), ...PROSE],
  kotlin: [
    ...lines("class public protected private internal companion fun val var if for while when else"),
    ...PROSE,
  ],
  js: [...lines("function const let var class if for while switch case default"), ...PROSE],
  ts: [
    ...lines("enum interface namespace type class function const let var if for while switch case default"),
    ...PROSE,
  ],
  php: [...lines("function class if foreach while do switch case"), ...PROSE],
  proto: [...lines("message service enum option import syntax"), ...PROSE],
  python: [...lines("class def"), "\n\tdef ", ...PROSE],
  r: [
    ...lines("function"),
    ...["setClass", "setMethod", "setGeneric"].map((call) => `\n${call}\\(`),
    ...lines("if else for while repeat"),
    ...["library", "require"].map((call) => `\n${call}\\(`),
    ...PROSE,
  ],
  rst: ["\n=+\n", "\n-+\n", "\n\\*+\n", "\n\n.. *\n\n", ...PROSE],
  ruby: [...lines("def class if unless while for do begin rescue"), ...PROSE],
  rust: [...lines("fn const let if while for loop match"), ...PROSE],
  scala: [...lines("class object def val var if for while match case"), ...PROSE],
  swift: [...lines("func class struct enum if for while do switch case"), ...PROSE],
  markdown: ["\n#{1,6} ", "```\n", "\n\\*\\*\\*+\n", "\n---+\n", "\n___+\n", ...PROSE],
  latex: [
    ...["chapter", "section", "subsection", "subsubsection"].map((heading) => `\n\\\\${heading}{`),
    ...[
      "enumerate",
      "itemize",
      "description",
      "list",
      "quote",
      "quotation",
      "verse",
      "verbatim",
      "align",
    ].map((environment) => `\n\\\\begin{${environment}}`),
    "$$",
    "$",
    " ",
    "",
  ],
  html: [
    ..."body div p br li h1 h2 h3 h4 h5 h6 span table tr td th ul ol header footer nav".split(" "),
    ..."head style script meta title".split(" "),
  ]
    .map((tag) => `<${tag}`)
    .concat(""),
  sol: [
    ...lines(
      "pragma using contract interface library constructor type function event modifier error struct enum",
    ),
    ...["if", "for", "while", "do while", "assembly"].map((statement) => `\n${statement} `),
    ...PROSE,
  ],
  csharp: [
    ...lines("interface enum delegate event class abstract public protected private static return"),
    ...lines("if continue for foreach while switch break case else try throw finally catch"),
    ...PROSE,
  ],
  cobol: [
    ...["IDENTIFICATION", "ENVIRONMENT", "DATA", "PROCEDURE"].map((name) => `\n${name} DIVISION.`),
    ...["WORKING-STORAGE", "LINKAGE", "FILE", "INPUT-OUTPUT"].map((name) => `\n${name} SECTION.`),
    ...lines("OPEN CLOSE READ WRITE IF ELSE MOVE PERFORM UNTIL VARYING ACCEPT DISPLAY"),
    "\nSTOP RUN.",
    "\n",
    " ",
    "",
  ],
  c: C_FAMILY,
  lua: [...lines("local function if for while repeat"), ...PROSE],
  haskell: [
    ...["main ::", "main =", "let", "in", "do", "where", "::", "="].map((words) => `\n${words} `),
    ...["data", "newtype", "type", "module", "import", "qualified", "import qualified"].map(
      (words) => `\n${words} `,
    ),
    ...lines("class instance case"),
    "\n| ",
    "\n= {",
    "\n, ",
    ...PROSE,
  ],
  elixir: [
    ...lines("def defp defmodule defprotocol defmacro defmacrop if unless case cond with for do"),
    ...PROSE,
  ],
  powershell: [...lines("function param if foreach for while switch class try catch finally"), ...PROSE],
  visualbasic6: [
    ...["Sub\\s+", "Function\\s+", "Property\\s+(?:Get|Let|Set)\\s+", "Type\\s+", "Enum\\s+"].map(
      (definition) => `\\n(?!End\\s)${VB6_SCOPE}?${definition}`,
    ),
    "\\n(?!End\\s)If\\s+",
    ...["ElseIf", "Else", "Select\\s+Case", "Case", "For", "Do", "While", "With"].map(
      (statement) => `\\n${statement}\\s+`,
    ),
    "\\n\\n",
    "\\n",
    " ",
    "",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** A language that {@link RecursiveCharacterTextSplitter.fromLanguage} knows. Python names "perl" too, but has no list for it. */
export type SupportedTextSplitterLanguage = keyof typeof LANGUAGE_SEPARATORS;

/** All languages that `fromLanguage` knows. */
export const SupportedTextSplitterLanguages = Object.freeze(
  Object.keys(LANGUAGE_SEPARATORS),
) as readonly SupportedTextSplitterLanguage[];
