import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import { IndexFlat } from "../indexes/index-flat.js";
import { IndexRefineFlat } from "../indexes/index-refine-flat.js";
import type { BinaryReader } from "./binary-reader.js";
import { expectSameShape, readHeader } from "./index-header.js";
import type { ReadObject } from "./read-object.js";

/** Body of `IxRF`: header, the rough index, the full vectors, the factor. */
export async function readRefine(reader: BinaryReader, readInner: ReadObject): Promise<IndexRefineFlat> {
  const header = await readHeader(reader, "IndexRefineFlat");
  const base = await readInner(reader);
  const refine = await readInner(reader);
  if (!(refine instanceof IndexFlat)) throw new UnsupportedIndexError(`IndexRefine by ${refine.kind}`);
  expectSameShape(reader, header, base);
  expectSameShape(reader, header, refine);
  const kFactor = await reader.f32();
  reader.expect(kFactor >= 1 && kFactor <= 1000, `Expected a factor from 1 to 1000, got ${kFactor}.`);
  return new IndexRefineFlat(base, refine, kFactor);
}
