/** A whole number in at least `width` digits. */
export function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}
