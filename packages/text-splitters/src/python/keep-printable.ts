/** Characters for which Python's `str.isprintable` is false: controls, formats, surrogates, unassigned, separators other than the space. */
const UNPRINTABLE = /(?:(?! )[\p{C}\p{Z}])+/gu;

/** Removes the characters that are not printable in Python: tabs, zero-width joiners, no-break spaces… */
export function keepPrintable(text: string): string {
  return text.replace(UNPRINTABLE, "");
}
