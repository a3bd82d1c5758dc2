import { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { InvertedList } from "./inverted-list.js";

/** Lists as `readInvertedLists` reads them. */
export async function* writeInvertedLists(
  lists: readonly InvertedList[],
  codeSize: number,
): AsyncGenerator<Uint8Array> {
  const filled = lists.flatMap((list, number) => (list.length > 0 ? [number] : []));
  const writer = new BinaryWriter();
  writer.tag("ilar");
  writer.size(lists.length);
  writer.size(codeSize);
  // As faiss does: all sizes when more than half of the lists hold something.
  if (filled.length > lists.length / 2) {
    writer.tag("full");
    writer.vector(BigInt64Array.from(lists, (list) => BigInt(list.length)));
  } else {
    writer.tag("sprs");
    writer.vector(
      BigInt64Array.from(filled.flatMap((number) => [BigInt(number), BigInt(lists[number]!.length)])),
    );
  }
  yield writer.flush();
  for (const number of filled) {
    const { codes, ids, length } = lists[number]!;
    yield* piecesOf(codes.subarray(0, length * codeSize));
    yield* piecesOf(ids.view());
  }
}
