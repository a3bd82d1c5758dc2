import type { IndexReader } from "../../format/index-reader.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";
import type { IvfState } from "./index-ivf.js";
import type { InvertedLists } from "./inverted-lists.js";
import type { IvfHeader } from "./ivf-header.js";
import { readInvertedLists } from "./read-inverted-lists.js";

/**
 * The lists that end the body of an IVF index, and with its header and codec all that the index is made of.
 * @param readLists for lists in another arrangement than one code after the other
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
