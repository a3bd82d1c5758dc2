import type { IndexReader } from "../../format/index-reader.js";
import { InvertedList } from "./inverted-list.js";

/** Kinds of inverted lists that are not in the file itself, or in another arrangement. */
const OTHER_LISTS: Readonly<Record<string, string>> = {
  il00: "An IVF index without its inverted lists",
  ilod: "OnDiskInvertedLists",
  ilpn: "ArrayInvertedListsPanorama",
  ilp2: "ArrayInvertedListsPanorama",
  ilbs: "BlockInvertedLists",
};

/**
 * `ilar`: number of lists, code size, sizes (all of them, or pairs of list and size for those that are not empty), then
 * codes and ids of each list that is not empty.
 */
export async function readInvertedLists(
  reader: IndexReader,
  nlist: number,
  codeSize: number,
): Promise<InvertedList[]> {
  const tag = await reader.tag();
  if (Object.hasOwn(OTHER_LISTS, tag)) throw reader.unsupportedError(OTHER_LISTS[tag]!);
  reader.expect(tag === "ilar", `Expected inverted lists, got an object with tag ${JSON.stringify(tag)}.`);
  const count = await reader.size();
  const size = await reader.size();
  reader.expect(count === nlist, `Expected ${nlist} lists, got ${count}.`);
  reader.expect(size === codeSize, `Expected codes of ${codeSize} bytes, got ${size}.`);
  const sizes = await readSizes(reader, nlist);
  const lists: InvertedList[] = [];
  for (let list = 0; list < nlist; list++) {
    const length = sizes.get(list) ?? 0;
    reader.requireElements(length, codeSize + 8);
    const codes = await reader.elements(Uint8Array, length * codeSize);
    lists.push(new InvertedList(codeSize, codes, await reader.elements(BigInt64Array, length)));
  }
  return lists;
}

/** Sizes of the lists that are not empty. */
async function readSizes(reader: IndexReader, nlist: number): Promise<Map<number, number>> {
  const kind = await reader.tag();
  const values = await reader.vector(BigInt64Array);
  const sizes = new Map<number, number>();
  const put = (list: number, size: bigint) => {
    reader.expect(
      list >= 0 && list < nlist && !sizes.has(list),
      `Expected a list below ${nlist} once, got ${list}.`,
    );
    reader.expect(
      size >= 0n && size <= BigInt(reader.remaining),
      `List ${list} cannot hold ${size} vectors.`,
    );
    if (size > 0n) sizes.set(list, Number(size));
  };
  if (kind === "full") {
    reader.expect(values.length === nlist, `Expected sizes of ${nlist} lists, got ${values.length}.`);
    values.forEach((size, list) => {
      put(list, size);
    });
    return sizes;
  }
  reader.expect(
    kind === "sprs" && values.length % 2 === 0,
    `Expected list sizes, got ${JSON.stringify(kind)}.`,
  );
  for (let i = 0; i < values.length; i += 2) put(Number(values[i]), values[i + 1]!);
  return sizes;
}
