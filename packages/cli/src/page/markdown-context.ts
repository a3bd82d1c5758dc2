/** UTF-16 units that are read. After them, parts of a code block look like text. */
const MAX_UNITS = 2_000_000;

const FENCE = /^( {0,3})\s*(`{3,}|~{3,})(.*)$/;
const LIST_ITEM = /^\s*([-*+]|\d{1,9}[.)])(\s|$)/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/**
 * Returns the Markdown that has to come before a part of a text for it to be parsed as in its file: the line that opens the code block around it, the head of its
 * table, or the white space that makes it code.
 *
 * @param at UTF-16 units from the beginning
 * @returns "" if nothing is needed
 */
export function markdownContext(text: string, at: number): string {
  if (at > MAX_UNITS) return "";
  const lineStart = text.lastIndexOf("\n", at - 1) + 1;
  const before = lineStart === 0 ? [] : text.slice(0, lineStart - 1).split(/\r?\n/);
  let fence: { readonly line: string; readonly marks: string } | undefined;
  let isList = false;
  for (const line of before) {
    const [, indent = "", marks = "", info = ""] = FENCE.exec(line) ?? [];
    if (fence !== undefined) {
      const closes = marks.startsWith(fence.marks) && info.trim() === "";
      if (closes) fence = undefined;
    } else if (marks !== "" && !(marks.startsWith("`") && info.includes("`"))) {
      fence = { line: indent + marks + info, marks };
    } else if (line.trim() !== "" && !/^\s/.test(line)) isList = LIST_ITEM.test(line);
    else if (LIST_ITEM.test(line)) isList = true;
  }
  if (fence !== undefined) return `${fence.line}\n`;
  const here = text.slice(lineStart, at);
  const line = text.slice(lineStart, (text.indexOf("\n", at) + 1 || text.length + 1) - 1);
  if (line.includes("|")) return tableHead(before, line);
  const isCode = !isList && /^( {4}| {0,3}\t)\s*$/.test(here) && isAfterCode(before);
  return isCode ? here : "";
}

/** Returns the head of the table that a line belongs to, or the part of the head before the line. */
function tableHead(before: readonly string[], line: string): string {
  let first = before.length;
  while (first > 0 && before[first - 1]!.includes("|")) first--;
  const rows = [...before.slice(first), line];
  const rule = rows.findIndex((row, i) => i > 0 && TABLE_RULE.test(row) && row.includes("-"));
  if (rule < 0) return "";
  const head = rows.slice(rule - 1, Math.min(rule + 1, rows.length - 1));
  return head.map((row) => `${row}\n`).join("");
}

/** Whether an indented line is code: it continues code, or follows a blank line. */
function isAfterCode(before: readonly string[]): boolean {
  const last = before.at(-1) ?? "";
  return last.trim() === "" || /^( {4}| {0,3}\t)/.test(last);
}
