/**
 * Measures a text in the unit that `chunkSize` and `chunkOverlap` are in; may be asynchronous. Must return the same length for
 * the same text. Default: code points.
 */
export type LengthFunction = (text: string) => number | Promise<number>;
