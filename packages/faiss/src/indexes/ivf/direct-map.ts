import type { BinaryReader } from "../../format/binary-reader.js";
import type { BinaryWriter } from "../../format/binary-writer.js";
import type { InvertedList } from "./inverted-list.js";

/** How ids are looked up in a file's index; faiss rebuilds the map from what is stored here. */
export type DirectMap = "none" | "array" | "hashtable";

const DIRECT_MAPS: readonly DirectMap[] = ["none", "array", "hashtable"];

/** The map's contents follow from the lists; only its kind is kept. */
export async function readDirectMap(reader: BinaryReader): Promise<DirectMap> {
  const type = await reader.u8();
  const directMap = DIRECT_MAPS[type];
  if (directMap === undefined) throw reader.formatError(`Expected a direct map of type 0 to 2, got ${type}.`);
  await reader.vector(BigInt64Array);
  if (directMap === "hashtable") await reader.elements(BigInt64Array, 2 * (await reader.count(16)));
  return directMap;
}

/** list << 32 | offset, at the place of each id (array) or as id and place pairs (hashtable). */
export function writeDirectMap(
  writer: BinaryWriter,
  {
    directMap,
    lists,
    ntotal,
  }: { readonly directMap: DirectMap; readonly lists: readonly InvertedList[]; readonly ntotal: number },
): void {
  writer.u8(DIRECT_MAPS.indexOf(directMap));
  const places = lists.flatMap(({ ids }, list) =>
    Array.from(ids.view(), (id, offset) => [id, (BigInt(list) << 32n) | BigInt(offset)] as const),
  );
  if (directMap !== "array") writer.size(0);
  else {
    const array = new BigInt64Array(ntotal).fill(-1n);
    for (const [id, place] of places) if (id >= 0n && id < BigInt(ntotal)) array[Number(id)] = place;
    writer.vector(array);
  }
  if (directMap !== "hashtable") return;
  writer.size(places.length);
  writer.array(BigInt64Array.from(places.flat()));
}
