import { workSlices } from "@secondpass/core";
import { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { InvertedLists, ListDirectory } from "./inverted-lists.js";

/** Bytes of short lists that are collected into one piece. */
const PIECE_BYTES = 1 << 18;

/** Writes lists as `readInvertedLists` reads them. */
export async function* writeInvertedLists(lists: InvertedLists): AsyncGenerator<Uint8Array> {
  const { numbers, starts } = await lists.directory(workSlices());
  const writer = new BinaryWriter();
  writer.tag("ilar");
  writer.size(lists.count);
  writer.size(lists.codeSize);
  writeListSizes(writer, lists.count, { numbers, starts });
  yield writer.flush();
  let gathered = 0;
  for (const number of numbers) {
    const { codes, ids, length } = lists.get(number)!;
    const used = codes.subarray(0, length * lists.codeSize);
    if (used.length < PIECE_BYTES) {
      writer.array(used);
      writer.array(ids.view());
      gathered += used.length + length * 8;
    } else {
      yield writer.flush();
      gathered = 0;
      yield* piecesOf(used);
      yield* piecesOf(ids.view());
    }
    if (gathered >= PIECE_BYTES) {
      yield writer.flush();
      gathered = 0;
    }
  }
  yield writer.flush();
}

/** Writes the sizes of all lists, or pairs of list and size of those that are not empty. */
export function writeListSizes(
  writer: BinaryWriter,
  count: number,
  { numbers, starts }: ListDirectory,
): void {
  // As in faiss: all sizes if more than half of the lists are not empty.
  if (numbers.length > count / 2) {
    const sizes = new BigInt64Array(count);
    numbers.forEach((number, i) => {
      sizes[number] = BigInt(starts[i + 1]! - starts[i]!);
    });
    writer.tag("full");
    writer.vector(sizes);
  } else {
    const pairs = new BigInt64Array(numbers.length * 2);
    numbers.forEach((number, i) => {
      pairs[i * 2] = BigInt(number);
      pairs[i * 2 + 1] = BigInt(starts[i + 1]! - starts[i]!);
    });
    writer.tag("sprs");
    writer.vector(pairs);
  }
}
