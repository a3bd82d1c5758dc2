import type { VectorIndex } from "../../contract/vector-index.js";
import type { BinaryWriter } from "../../format/binary-writer.js";
import { type IndexHeader, readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexReader } from "../../format/index-reader.js";
import { type DirectMap, readDirectMap, writeDirectMap } from "./direct-map.js";
import type { IndexIVF } from "./index-ivf.js";

/** Maximum number of lists of an untrained index, which no other length in the file limits. */
const MAX_UNTRAINED_LISTS = 1 << 16;

/** Maximum number of lists: list numbers are 32-bit. */
const MAX_LISTS = 2 ** 32 - 1;

/** The header of all IVF indexes. */
export interface IvfHeader extends IndexHeader {
  readonly nlist: number;
  readonly nprobe: number;
  readonly quantizer: VectorIndex;
  readonly metricArg: number;
  readonly directMap: DirectMap;
}

/**
 * Reads the header of an IVF index.
 * @param kind faiss's class name, for messages
 * @param metrics `"common"` if the kind supports only l2 and the inner product
 */
export async function readIvfHeader(
  reader: IndexReader,
  kind: string,
  metrics: "common" | "all" = "common",
): Promise<IvfHeader> {
  const header = await readHeader(reader, kind, metrics);
  const nlist = await reader.size();
  reader.expect(nlist <= MAX_LISTS, `Expected at most ${MAX_LISTS} lists, got ${nlist}.`);
  const nprobe = await reader.size();
  reader.expect(nprobe >= 1, `Expected to visit at least one list, got nprobe ${nprobe}.`);
  const quantizer = await reader.index();
  if (quantizer.labelsArePositions !== true)
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

/** Writes a header as `readIvfHeader` reads it. First yields the bytes that are already in the writer. */
export async function* writeIvfHeader(
  writer: BinaryWriter,
  index: IndexIVF,
  writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  writeHeader(writer, index);
  writer.size(index.nlist);
  writer.size(index.nprobe);
  yield writer.flush();
  yield* writeInner(index.quantizer);
  yield* writeDirectMap(index.directMap, index.lists);
}
