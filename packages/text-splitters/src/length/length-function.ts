/**
 * Measures a text in the unit of `chunkSize` and `chunkOverlap`; may be asynchronous. Must return the same length for
 * the same text. The default counts code points.
 */
export type LengthFunction = (text: string) => number | Promise<number>;
