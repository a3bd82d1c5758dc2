/** Reads an element of a numpy array: its bytes are from `at` on. */
export type ReadElement = (view: DataView, at: number) => unknown;
