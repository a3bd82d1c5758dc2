import { workSlices } from "@secondpass/core";
import { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { InvertedLists } from "../ivf/inverted-lists.js";
import { blocksBytes, type CodeBlocks, packBlocks } from "./code-blocks.js";

/** Writes lists as `readBlockLists` reads them. */
export async function* writeBlockLists(lists: InvertedLists, blocks: CodeBlocks): AsyncGenerator<Uint8Array> {
  const writer = new BinaryWriter();
  writer.tag("ilbl");
  writer.size(lists.count);
  writer.array(BigInt64Array.of(-1n));
  writer.size(blocks.blockSize);
  writer.size(blocksBytes(1, blocks));
  const slices = workSlices();
  for (let number = 0; number < lists.count; number++) {
    const list = lists.get(number);
    const length = list?.length ?? 0;
    writer.size(length);
    yield writer.flush();
    if (list !== undefined) yield* piecesOf(list.ids.view());
    const packed = await packBlocks(list?.codes ?? new Uint8Array(0), length, blocks, slices);
    writer.size(packed.length);
    yield writer.flush();
    yield* piecesOf(packed);
    if (slices.due()) await slices.pause();
  }
}
