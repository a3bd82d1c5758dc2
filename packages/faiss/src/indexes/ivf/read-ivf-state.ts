import type { IndexReader } from "../../format/index-reader.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";
import type { IvfState } from "./index-ivf.js";
import type { InvertedLists } from "./inverted-lists.js";
import type { IvfHeader } from "./ivf-header.js";
import { readInvertedLists } from "./read-inverted-lists.js";

/**
 * Reads the lists at the end of an IVF index, and returns all parts of the index, with its header and codec.
 * @param readLists for lists in another layout than one code after the other
 */
export async function readIvfState<Codec extends VectorCodec>(
  reader: IndexReader,
  header: IvfHeader,
  codec: Codec,
  byResidual: boolean,
  readLists = () => readInvertedLists(reader, header.nlist, codec.codeSize),
): Promise<IvfState<Codec>> {
  const { metric, metricArg, ntotal, nprobe, quantizer, directMap, isTrained } = header;
  const lists: InvertedLists = await readLists();
  reader.expect(lists.total === ntotal, `Expected ${ntotal} vectors in the lists, got ${lists.total}.`);
  return { metric, metricArg, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}
