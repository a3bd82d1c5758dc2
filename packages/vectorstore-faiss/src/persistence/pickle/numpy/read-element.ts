/** Reads an element of a numpy array, whose bytes begin at `at`. */
export type ReadElement = (view: DataView, at: number) => unknown;
