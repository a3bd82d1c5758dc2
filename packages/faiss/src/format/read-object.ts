import type { VectorIndex } from "../indexes/vector-index.js";
import type { BinaryReader } from "./binary-reader.js";

/** Reads an index at the reader's place, its tag included: how an index reads those inside it. */
export type ReadObject = (reader: BinaryReader) => Promise<VectorIndex>;
