/** A part of a text, in UTF-16 units. */
interface Mark {
  readonly start: number;
  readonly end: number;
}

/**
 * Converts parts of a passage to parts of its source. Passages have Unix line ends; their sources may have those of Windows.
 * @returns an empty list if the source is a different text, as for HTML
 */
export function marksInSource(passage: string, source: string, marks: readonly Mark[]): readonly Mark[] {
  if (passage === source) return marks;
  if (passage !== source.replaceAll("\r\n", "\n")) return [];
  /** Position in the passage → position in the source. */
  const places: number[] = [];
  for (let at = 0; at <= source.length; at++) if (!source.startsWith("\r\n", at)) places.push(at);
  return marks.map(({ start, end }) => ({ start: places[start]!, end: places[end]! }));
}
