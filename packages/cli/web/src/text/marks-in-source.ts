/** A part of a text, in UTF-16 units. */
interface Mark {
  readonly start: number;
  readonly end: number;
}

/**
 * Parts of a passage as parts of the source that it was taken from. Passages have Unix line ends, their sources may have those of Windows.
 * @returns none if the source is another text, as that of HTML is
 */
export function marksInSource(passage: string, source: string, marks: readonly Mark[]): readonly Mark[] {
  if (passage === source) return marks;
  if (passage !== source.replaceAll("\r\n", "\n")) return [];
  /** Where each place of the passage is in the source. */
  const places: number[] = [];
  for (let at = 0; at <= source.length; at++) if (!source.startsWith("\r\n", at)) places.push(at);
  return marks.map(({ start, end }) => ({ start: places[start]!, end: places[end]! }));
}
