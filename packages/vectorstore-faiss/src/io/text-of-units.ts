/** Units converted in one call: they are its arguments, of which an engine allows some ten thousand. */
const UNITS_AT_ONCE = 8192;

/** The text of UTF-16 code units, which may be any numbers. */
export function textOfUnits(units: Uint16Array): string {
  let text = "";
  for (let start = 0; start < units.length; start += UNITS_AT_ONCE) {
    text += String.fromCharCode(...units.subarray(start, start + UNITS_AT_ONCE));
  }
  return text;
}
