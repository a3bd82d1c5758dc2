import type { IndexReader } from "../../format/index-reader.js";
import type { VectorCodec } from "../../kernels/vector-codec.js";
import type { IvfState } from "./index-ivf.js";
import type { IvfHeader } from "./ivf-header.js";
import { readInvertedLists } from "./read-inverted-lists.js";

/** The lists that end the body of an IVF index, and with its header and codec all that the index is made of. */
export async function readIvfState(
  reader: IndexReader,
  { metric, nlist, nprobe, quantizer, directMap, isTrained, ntotal }: IvfHeader,
  codec: VectorCodec,
  byResidual: boolean,
): Promise<IvfState> {
  const lists = await readInvertedLists(reader, nlist, codec.codeSize);
  reader.expect(lists.total === ntotal, `Expected ${ntotal} vectors in the lists, got ${lists.total}.`);
  return { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}
