/** Writes bytes as megabytes, small numbers with a decimal: "9.7", "130". */
export function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0);
}
