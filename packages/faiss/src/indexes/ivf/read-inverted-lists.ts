import type { IndexReader } from "../../format/index-reader.js";
import { InvertedLists, type ListBlock, type ListDirectory } from "./inverted-lists.js";

/** Kinds of inverted lists that are not in the file itself, or have another layout. */
const OTHER_LISTS: Readonly<Record<string, string>> = {
  il00: "An IVF index without its inverted lists",
  ilod: "OnDiskInvertedLists",
};

/** Lists are read in blocks of about this many bytes. */
const BLOCK_BYTES = 1 << 20;

/** Sizes read in one step. */
const SIZES_PER_STEP = 4096;

/**
 * Reads `ilar`: number of lists, code size, sizes (all of them, or pairs of list and size for those that are not empty), then
 * codes and ids of each list that is not empty.
 */
export async function readInvertedLists(
  reader: IndexReader,
  nlist: number,
  codeSize: number,
): Promise<InvertedLists> {
  const tag = await reader.tag();
  if (Object.hasOwn(OTHER_LISTS, tag)) throw reader.unsupportedError(OTHER_LISTS[tag]!);
  reader.expect(tag === "ilar", `Expected inverted lists, got an object with tag ${JSON.stringify(tag)}.`);
  const count = await reader.size();
  const size = await reader.size();
  reader.expect(count === nlist, `Expected ${nlist} lists, got ${count}.`);
  reader.expect(size === codeSize, `Expected codes of ${codeSize} bytes, got ${size}.`);
  const directory = await readListDirectory(reader, nlist);
  reader.requireElements(directory.starts.at(-1)!, codeSize + 8);
  return new InvertedLists(nlist, codeSize, {
    directory,
    blocks: await readBlocks(reader, directory, codeSize),
  });
}

/** Reads the sizes of the lists that are not empty. */
export async function readListDirectory(reader: IndexReader, nlist: number): Promise<ListDirectory> {
  const kind = await reader.tag();
  const isFull = kind === "full";
  reader.expect(isFull || kind === "sprs", `Expected list sizes, got ${JSON.stringify(kind)}.`);
  const count = await reader.count(8);
  reader.expect(
    isFull ? count === nlist : count % 2 === 0,
    `Expected sizes of ${isFull ? nlist : "some"} lists, got ${count} numbers.`,
  );
  // A file with mostly empty lists has pairs.
  const numbers = new Uint32Array(isFull ? nlist : count / 2);
  const starts = new Float64Array(numbers.length + 1);
  const most = BigInt(reader.remaining);
  let filled = 0;
  let last = -1;
  for (let first = 0; first < count; first += SIZES_PER_STEP) {
    const values = await reader.elements(BigInt64Array, Math.min(SIZES_PER_STEP, count - first));
    for (let i = 0; i < values.length; i += isFull ? 1 : 2) {
      const list = isFull ? first + i : Number(values[i]);
      const size = values[isFull ? i : i + 1]!;
      if (!(list > last && list < nlist)) {
        throw reader.formatError(
          `Expected list numbers below ${nlist}, ascending, got ${list} after ${last}.`,
        );
      }
      if (size < 0n || size > most) throw reader.formatError(`List ${list} cannot hold ${size} vectors.`);
      last = list;
      if (size === 0n) continue;
      numbers[filled] = list;
      starts[filled + 1] = starts[filled]! + Number(size);
      filled++;
    }
  }
  return { numbers: numbers.slice(0, filled), starts: starts.slice(0, filled + 1) };
}

async function readBlocks(
  reader: IndexReader,
  { numbers, starts }: ListDirectory,
  codeSize: number,
): Promise<ListBlock[]> {
  const rowsPerBlock = Math.ceil(BLOCK_BYTES / (codeSize + 8));
  const blocks: ListBlock[] = [];
  for (let first = 0; first < numbers.length; ) {
    const start = starts[first]!;
    let last = first + 1;
    while (last < numbers.length && starts[last + 1]! - start <= rowsPerBlock) last++;
    const rows = starts[last]! - start;
    if (last === first + 1) {
      const codes = await reader.elements(Uint8Array, rows * codeSize);
      blocks.push({ start, codes, ids: await reader.elements(BigInt64Array, rows) });
    } else {
      // Codes and ids alternate in the file.
      const bytes = await reader.elements(Uint8Array, rows * (codeSize + 8));
      const [codes, ids] = [new Uint8Array(rows * codeSize), new Uint8Array(rows * 8)];
      for (let list = first; list < last; list++) {
        const from = (starts[list]! - start) * (codeSize + 8);
        const size = starts[list + 1]! - starts[list]!;
        const middle = from + size * codeSize;
        codes.set(bytes.subarray(from, middle), (starts[list]! - start) * codeSize);
        ids.set(bytes.subarray(middle, middle + size * 8), (starts[list]! - start) * 8);
      }
      blocks.push({ start, codes, ids: new BigInt64Array(ids.buffer) });
    }
    first = last;
  }
  return blocks;
}
