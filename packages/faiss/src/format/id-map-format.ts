import { IndexIDMap, IndexIDMap2 } from "../indexes/index-id-map.js";
import type { VectorIndex } from "../indexes/vector-index.js";
import type { BinaryReader } from "./binary-reader.js";
import { BinaryWriter } from "./binary-writer.js";
import { expectSameShape, readHeader, writeHeader } from "./index-header.js";
import { piecesOf } from "./pieces-of.js";
import type { ReadObject } from "./read-object.js";

/** Body of `IxMp` and `IxM2`: header, the inner index, the id of each position. */
export async function readIdMap(
  reader: BinaryReader,
  tag: string,
  readInner: ReadObject,
): Promise<IndexIDMap> {
  const Kind = tag === "IxM2" ? IndexIDMap2 : IndexIDMap;
  const header = await readHeader(reader, Kind.name);
  const index = await readInner(reader);
  expectSameShape(reader, header, index);
  const ids = await reader.vector(BigInt64Array);
  reader.expect(ids.length === header.ntotal, `Expected ${header.ntotal} ids, got ${ids.length}.`);
  return new Kind(index, ids);
}

export async function* writeIdMap(
  map: IndexIDMap,
  writeInner: (index: VectorIndex) => AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const writer = new BinaryWriter();
  writer.tag(map instanceof IndexIDMap2 ? "IxM2" : "IxMp");
  writeHeader(writer, map);
  yield writer.flush();
  yield* writeInner(map.index);
  writer.size(map.ntotal);
  yield writer.flush();
  yield* piecesOf(map.idMap);
}
