import { workSlices } from "@secondpass/core";
import type { BinaryReader } from "../../format/binary-reader.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { InvertedLists } from "./inverted-lists.js";

/** The kind of a file's table from ids to places, which faiss rebuilds from the lists. */
export type DirectMap = "none" | "array" | "hashtable";

const DIRECT_MAPS: readonly DirectMap[] = ["none", "array", "hashtable"];

/** Reads the kind of the map, and skips its content, which follows from the lists. */
export async function readDirectMap(reader: BinaryReader): Promise<DirectMap> {
  const type = await reader.u8();
  const directMap = DIRECT_MAPS[type];
  if (directMap === undefined) throw reader.formatError(`Expected a direct map of type 0 to 2, got ${type}.`);
  reader.skip(await reader.count(8), 8);
  if (directMap === "hashtable") reader.skip(await reader.count(16), 16);
  return directMap;
}

/** Writes list << 32 | offset: at the index of each id (array) or as pairs of id and place (hashtable). */
export async function* writeDirectMap(
  directMap: DirectMap,
  lists: InvertedLists,
): AsyncGenerator<Uint8Array> {
  const writer = new BinaryWriter();
  writer.u8(DIRECT_MAPS.indexOf(directMap));
  if (directMap === "none") {
    writer.size(0);
    yield writer.flush();
    return;
  }
  const { total } = lists;
  const isArray = directMap === "array";
  const array = new BigInt64Array(isArray ? total : 0).fill(-1n);
  const pairs = new BigInt64Array(isArray ? 0 : total * 2);
  const slices = workSlices();
  let next = 0;
  for (const number of (await lists.directory(slices)).numbers) {
    const { ids, length } = lists.get(number)!;
    for (let offset = 0; offset < length; offset++) {
      const id = ids.at(offset);
      const place = (BigInt(number) << 32n) | BigInt(offset);
      if (!isArray) {
        pairs[next++] = id;
        pairs[next++] = place;
      } else if (id >= 0n && id < BigInt(total)) array[Number(id)] = place;
      if (slices.due()) await slices.pause();
    }
  }
  writer.size(array.length);
  yield writer.flush();
  yield* piecesOf(array);
  if (isArray) return;
  writer.size(total);
  yield writer.flush();
  yield* piecesOf(pairs);
}
