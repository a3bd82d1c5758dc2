/** What Python's `str.isprintable` says no to: controls, formats, surrogates, unassigned, separators other than the space. */
const UNPRINTABLE = /(?:(?! )[\p{C}\p{Z}])+/gu;

/** The text without the characters that Python does not call printable: tabs, zero-width joiners, no-break spaces… */
export function keepPrintable(text: string): string {
  return text.replace(UNPRINTABLE, "");
}
