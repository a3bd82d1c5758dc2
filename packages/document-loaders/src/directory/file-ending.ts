import { basename } from "node:path";

/** Normalizes an ending: ".md" for "md", ".md" and ".MD". */
export function endingName(ending: string): string {
  const lower = ending.toLowerCase();
  return lower.startsWith(".") ? lower : `.${lower}`;
}

/**
 * Finds the longest known ending of a file: ".tar.gz" before ".gz". A dot at the beginning of a name does not count: ".md" has no
 * ending.
 */
export function fileEnding(path: string, known: { has(ending: string): boolean }): string | undefined {
  const name = basename(path).toLowerCase();
  for (let dot = name.indexOf(".", 1); dot >= 0; dot = name.indexOf(".", dot + 1)) {
    const ending = name.slice(dot);
    if (known.has(ending)) return ending;
  }
  return undefined;
}
