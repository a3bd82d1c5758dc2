const RANGE = /^(?:(-?\d{1,15})\.\.(-?\d{1,15})|([A-Za-z])\.\.([A-Za-z]))$/;

/** Values of a range in braces, as in bash: "1..3" → 1, 2, 3; "01..03" → 01, 02, 03; "c..a" → c, b, a. */
export function braceRange(text: string): Iterable<string> | undefined {
  const [, first, last, firstLetter, lastLetter] = RANGE.exec(text) ?? [];
  if (firstLetter !== undefined && lastLetter !== undefined) {
    return valuesBetween(firstLetter.charCodeAt(0), lastLetter.charCodeAt(0), (code) =>
      String.fromCharCode(code),
    );
  }
  if (first === undefined || last === undefined) return undefined;
  const isPadded = /^-?0\d/.test(first) || /^-?0\d/.test(last);
  const width = isPadded ? Math.max(first.length, last.length) : 0;
  return valuesBetween(Number(first), Number(last), (value) =>
    value < 0 ? `-${String(-value).padStart(width - 1, "0")}` : String(value).padStart(width, "0"),
  );
}

function* valuesBetween(first: number, last: number, nameOf: (value: number) => string): Generator<string> {
  const step = first <= last ? 1 : -1;
  for (let value = first; value !== last; value += step) yield nameOf(value);
  yield nameOf(last);
}
