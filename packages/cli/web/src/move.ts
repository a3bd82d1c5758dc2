/** How a passage moved from one order to another. */
export interface Move {
  readonly direction: "up" | "down" | "same" | "new";
  /** Number of places. */
  readonly by: number;
  /** For people. */
  readonly text: string;
}

/** Compares two places. @param from the place before, 1 for the best; undefined if there was none */
export function moveOf(from: number | undefined, to: number): Move {
  if (from === undefined) return { direction: "new", by: 0, text: "only here" };
  const by = Math.abs(from - to);
  if (by === 0) return { direction: "same", by, text: `stays ${ordinal(to)}` };
  return from > to
    ? { direction: "up", by, text: `up ${by}, from ${ordinal(from)}` }
    : { direction: "down", by, text: `down ${by}, from ${ordinal(from)}` };
}

const ORDINALS = new Intl.PluralRules("en", { type: "ordinal" });
const SUFFIXES: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd" };

/** "1st", "2nd", "3rd", "4th" */
export function ordinal(place: number): string {
  return `${place}${SUFFIXES[ORDINALS.select(place)] ?? "th"}`;
}
