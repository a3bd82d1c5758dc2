import { workSlices } from "@secondpass/core";
import type { IndexReader } from "../../format/index-reader.js";
import { InvertedLists, type ListBlock } from "../ivf/inverted-lists.js";
import { blocksBytes, type CodeBlocks, unpackBlocks } from "./code-blocks.js";

/** Reads `ilbl`: number of lists, code size, vectors and bytes of a block, then ids and blocks of each list. */
export async function readBlockLists(
  reader: IndexReader,
  nlist: number,
  blocks: CodeBlocks,
): Promise<InvertedLists> {
  const tag = await reader.tag();
  reader.expect(tag === "ilbl", `Expected lists of blocks, got an object with tag ${JSON.stringify(tag)}.`);
  const count = await reader.size();
  reader.expect(count === nlist, `Expected ${nlist} lists, got ${count}.`);
  // faiss writes -1 for the code size, which it does not use.
  reader.skip(1, 8);
  const blockSize = await reader.size();
  const bytes = await reader.size();
  const expected = blocksBytes(1, blocks);
  reader.expect(
    blockSize === blocks.blockSize && bytes === expected,
    `Expected blocks of ${blocks.blockSize} vectors and ${expected} bytes, got ${blockSize} and ${bytes}.`,
  );
  reader.requireElements(nlist, 16);
  const slices = workSlices();
  const numbers: number[] = [];
  const starts = [0];
  const read: ListBlock[] = [];
  for (let number = 0; number < nlist; number++) {
    const ids = await reader.vector(BigInt64Array);
    const packedBytes = await reader.count(1);
    const wanted = blocksBytes(ids.length, blocks);
    reader.expect(packedBytes === wanted, `Expected blocks of ${wanted} bytes, got ${packedBytes}.`);
    if (ids.length === 0) continue;
    const packed = await reader.elements(Uint8Array, packedBytes);
    const start = starts.at(-1)!;
    read.push({ start, codes: await unpackBlocks(packed, ids.length, blocks, slices), ids });
    numbers.push(number);
    starts.push(start + ids.length);
  }
  const directory = { numbers: Uint32Array.from(numbers), starts: Float64Array.from(starts) };
  return new InvertedLists(nlist, blocks.codeSize, { directory, blocks: read });
}
