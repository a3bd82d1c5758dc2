import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import { IndexFlat } from "../indexes/index-flat.js";
import type { DirectMap, IndexIVF, IvfState } from "../indexes/index-ivf.js";
import { IndexIVFPQ, IndexIVFScalarQuantizer } from "../indexes/index-ivf-codes.js";
import { IndexIVFFlat } from "../indexes/index-ivf-flat.js";
import { FloatCodec } from "../kernels/float-codec.js";
import type { VectorCodec } from "../kernels/vector-codec.js";
import type { BinaryReader } from "./binary-reader.js";
import { BinaryWriter } from "./binary-writer.js";
import { readProductCodec, readScalarCodec } from "./codec-format.js";
import { writeFlat } from "./flat-format.js";
import { type IndexHeader, readHeader, writeHeader } from "./index-header.js";
import { readInvertedLists, writeInvertedLists } from "./inverted-lists-format.js";
import type { ReadObject } from "./read-object.js";

/** Nothing else in the file of an untrained index bounds what its lists would take. */
const MAX_UNTRAINED_LISTS = 1 << 16;

const DIRECT_MAPS: readonly DirectMap[] = ["none", "array", "hashtable"];

/** What all IVF bodies start with. */
interface IvfHeader extends IndexHeader {
  readonly nlist: number;
  readonly nprobe: number;
  readonly quantizer: IndexFlat;
  readonly directMap: DirectMap;
}

/** Body of `IwFl`. */
export async function readIvfFlat(reader: BinaryReader, readInner: ReadObject): Promise<IndexIVFFlat> {
  const header = await readIvfHeader(reader, "IndexIVFFlat", readInner);
  const state = await readState(reader, header, new FloatCodec(header.dimensions), false);
  return new IndexIVFFlat(header.dimensions, {}, state);
}

/** Body of `IwSq`. */
export async function readIvfScalarQuantizer(
  reader: BinaryReader,
  readInner: ReadObject,
): Promise<IndexIVFScalarQuantizer> {
  const header = await readIvfHeader(reader, "IndexIVFScalarQuantizer", readInner);
  const codec = await readScalarCodec(reader, header.dimensions);
  await expectCodeSize(reader, codec);
  const byResidual = await reader.bool();
  return new IndexIVFScalarQuantizer(await readState(reader, header, codec, byResidual));
}

/** Body of `IwPQ`. */
export async function readIvfPq(reader: BinaryReader, readInner: ReadObject): Promise<IndexIVFPQ> {
  const header = await readIvfHeader(reader, "IndexIVFPQ", readInner);
  const byResidual = await reader.bool();
  const codeSize = await reader.size();
  const codec = await readProductCodec(reader, header.dimensions);
  reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
  return new IndexIVFPQ(await readState(reader, header, codec, byResidual));
}

export async function* writeIvfFlat(index: IndexIVFFlat): AsyncGenerator<Uint8Array> {
  const writer = new BinaryWriter();
  writer.tag("IwFl");
  writeHeader(writer, index);
  writer.size(index.nlist);
  writer.size(index.nprobe);
  yield writer.flush();
  yield* writeFlat(index.quantizer);
  writeDirectMap(writer, index);
  yield writer.flush();
  yield* writeInvertedLists(index.lists, index.codec.codeSize);
}

async function readIvfHeader(reader: BinaryReader, kind: string, readInner: ReadObject): Promise<IvfHeader> {
  const header = await readHeader(reader, kind);
  const nlist = await reader.size();
  const nprobe = await reader.size();
  reader.expect(nprobe >= 1, `Expected to visit at least one list, got nprobe ${nprobe}.`);
  const quantizer = await readInner(reader);
  if (!(quantizer instanceof IndexFlat))
    throw new UnsupportedIndexError(`${kind} with centroids in ${quantizer.kind}`);
  reader.expect(
    quantizer.dimensions === header.dimensions &&
      quantizer.ntotal === (header.isTrained ? nlist : quantizer.ntotal),
    `Expected ${nlist} centroids of ${header.dimensions} dimensions, got ${quantizer.ntotal} of ${quantizer.dimensions}.`,
  );
  reader.expect(
    header.isTrained || nlist <= MAX_UNTRAINED_LISTS,
    `Expected at most ${MAX_UNTRAINED_LISTS} lists without centroids, got ${nlist}.`,
  );
  const directMap = await readDirectMap(reader);
  return { ...header, nlist, nprobe, quantizer, directMap };
}

/** The map's contents follow from the lists; only its kind is kept. */
async function readDirectMap(reader: BinaryReader): Promise<DirectMap> {
  const type = await reader.u8();
  const directMap = DIRECT_MAPS[type];
  if (directMap === undefined) return reader.fail(`Expected a direct map of type 0 to 2, got ${type}.`);
  await reader.vector(BigInt64Array);
  if (directMap === "hashtable") await reader.elements(BigInt64Array, 2 * (await reader.count(16)));
  return directMap;
}

/** list << 32 | offset, at the place of each id (array) or as id and place pairs (hashtable). */
function writeDirectMap(writer: BinaryWriter, { directMap, lists, ntotal }: IndexIVF): void {
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

async function readState(
  reader: BinaryReader,
  { metric, nlist, nprobe, quantizer, directMap, isTrained, ntotal }: IvfHeader,
  codec: VectorCodec,
  byResidual: boolean,
): Promise<IvfState> {
  const lists = await readInvertedLists(reader, nlist, codec.codeSize);
  const stored = lists.reduce((total, list) => total + list.length, 0);
  reader.expect(stored === ntotal, `Expected ${ntotal} vectors in the lists, got ${stored}.`);
  return { metric, quantizer, codec, byResidual, lists, nprobe, directMap, isTrained };
}

async function expectCodeSize(reader: BinaryReader, codec: VectorCodec): Promise<void> {
  const codeSize = await reader.size();
  reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
}
