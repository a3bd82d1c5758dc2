import { type IndexHeader, readHeader } from "../../format/index-header.js";
import type { IndexReader } from "../../format/index-reader.js";
import { IndexFlat } from "../flat/index-flat.js";
import { type DirectMap, readDirectMap } from "./direct-map.js";

/** Nothing else in the file of an untrained index bounds the number of its lists. */
const MAX_UNTRAINED_LISTS = 1 << 16;

/** List numbers are 32-bit. */
const MAX_LISTS = 2 ** 32 - 1;

/** What all IVF bodies start with. */
export interface IvfHeader extends IndexHeader {
  readonly nlist: number;
  readonly nprobe: number;
  readonly quantizer: IndexFlat;
  readonly directMap: DirectMap;
}

/** @param kind faiss's class name, for messages */
export async function readIvfHeader(reader: IndexReader, kind: string): Promise<IvfHeader> {
  const header = await readHeader(reader, kind);
  const nlist = await reader.size();
  reader.expect(nlist <= MAX_LISTS, `Expected at most ${MAX_LISTS} lists, got ${nlist}.`);
  const nprobe = await reader.size();
  reader.expect(nprobe >= 1, `Expected to visit at least one list, got nprobe ${nprobe}.`);
  const quantizer = await reader.index();
  if (!(quantizer instanceof IndexFlat))
    throw reader.unsupportedError(`${kind} with centroids in ${quantizer.kind}`);
  reader.expect(
    quantizer.dimensions === header.dimensions &&
      quantizer.ntotal === (header.isTrained ? nlist : quantizer.ntotal),
    `Expected ${nlist} centroids of ${header.dimensions} dimensions, got ${quantizer.ntotal} of ${quantizer.dimensions}.`,
  );
  reader.expect(
    header.isTrained || nlist <= MAX_UNTRAINED_LISTS,
    `Expected at most ${MAX_UNTRAINED_LISTS} lists without centroids, got ${nlist}.`,
  );
  const directMap = await readDirectMap(reader);
  return { ...header, nlist, nprobe, quantizer, directMap };
}
