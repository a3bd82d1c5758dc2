/**
 * The text that a Python pattern matches, if it is only that one text (`\nclass `, `setClass\(`), else undefined.
 * Most language separators are such: searching for text is several times as fast as running an expression.
 */
export function literalOfRegex(pattern: string): string | undefined {
  // Metacharacters, escapes of letters and digits (classes, references), and braces that are quantifiers.
  if (/(?<!\\)(?:\\\\)*(?:[.^$*+?()[\]|]|\{\d*,?\d*\}|\\[a-zA-Z0-9]|\\$)/.test(pattern)) return undefined;
  return pattern.replace(/\\([\s\S])/g, "$1");
}
