import type { Metric } from "../../contract/metric.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { readHeader, writeHeader } from "../../format/index-header.js";
import type { IndexKind, NewIndexOptions } from "../../format/index-kind.js";
import type { IndexReader } from "../../format/index-reader.js";
import { createHnswGraph } from "../../kernels/create-hnsw-graph.js";
import type { HnswGraph } from "../../kernels/hnsw-graph.js";
import { flatKind } from "../flat/index-flat.js";
import { writeRows } from "../flat/write-rows.js";
import { readGraph } from "../hnsw/read-graph.js";
import { writeGraph } from "../hnsw/write-graph.js";
import { IndexHNSWFlat } from "./index-hnsw-flat.js";
import { readCumulativeSums } from "./read-cumulative-sums.js";
import { writeCumulativeSums } from "./write-cumulative-sums.js";

/** Type code of faiss's graphs with sums of each vector by levels, which speed up its own search. */
const PANORAMA = "IHfP";

/** Reads header, graph, then the vectors as a flat index. */
async function readHnswFlat(reader: IndexReader, code: string): Promise<IndexHNSWFlat> {
  const { dimensions, ntotal, metric, metricArg } = await readHeader(reader, "IndexHNSWFlat", "all");
  const panoramaLevels =
    code === PANORAMA ? await readCumulativeSums(reader, { ntotal, dimensions }) : undefined;
  const { graph, finish, ...state } = await readGraph(reader, ntotal, (slots) =>
    createHnswGraph(dimensions, metric, slots, { metricArg }),
  );
  await readStorage(reader, graph, { dimensions, ntotal, metric });
  finish();
  return new IndexHNSWFlat(dimensions, { metric }, { ...state, panoramaLevels, metricArg }, graph);
}

async function* writeHnswFlat(index: IndexHNSWFlat): AsyncGenerator<Uint8Array> {
  const { graph, panoramaLevels } = index;
  const writer = new BinaryWriter();
  writer.tag(panoramaLevels === undefined ? "IHNf" : PANORAMA);
  writeHeader(writer, index);
  if (panoramaLevels !== undefined) yield* writeCumulativeSums(writer, graph.rows, panoramaLevels);
  yield* writeGraph(writer, index, graph);
  yield* writeRows(index, graph.rows);
}

/** Reads the vectors directly into the graph's rows. */
async function readStorage(
  reader: IndexReader,
  graph: HnswGraph,
  expected: { dimensions: number; ntotal: number; metric: Metric },
): Promise<void> {
  const tag = await reader.tag();
  if (tag === "null") throw reader.unsupportedError("IndexHNSWFlat without its vectors");
  reader.expect(
    flatKind.codes.some((code) => code === tag),
    `Expected flat vectors, got an object with tag ${JSON.stringify(tag)}.`,
  );
  const header = await readHeader(reader, "IndexFlat", "all");
  const floats = await reader.count(4);
  reader.expect(
    header.dimensions === expected.dimensions &&
      header.ntotal === expected.ntotal &&
      header.metric === expected.metric &&
      floats === header.ntotal * header.dimensions,
    `Expected ${expected.ntotal} vectors of ${expected.dimensions} floats (${expected.metric}) for the graph.`,
  );
  await graph.rows.appendFrom(header.ntotal, (target) => reader.fill(target));
}

/** A graph index: faster, approximate searches; slower to build, more memory. */
export interface HnswIndexOption {
  readonly kind: "hnsw";
  /** Neighbours of a node. Minimum 2. @default 32 */
  readonly m?: number;
  /** Candidates while building; higher is better and slower. @default 200 */
  readonly efConstruction?: number;
  /** Candidates while searching, at least k; higher is better and slower. @default 64 */
  readonly efSearch?: number;
  /** Worker threads for linking many vectors (Node only); 1 for none. @default 4 */
  readonly threads?: number;
}

/** The record of `IndexHNSWFlat`, also with sums for Panorama. */
export const hnswFlatKind = {
  names: ["IndexHNSWFlat", "IndexHNSWFlatPanorama"],
  class: IndexHNSWFlat,
  codes: ["IHNf", PANORAMA],
  supports: ["add", "reconstruct", "write"],
  factory: {
    kind: "hnsw",
    options: ["m", "efConstruction", "efSearch", "threads"],
    create(option: HnswIndexOption, { dimensions, metric }: NewIndexOptions): IndexHNSWFlat {
      const { m = 32, efConstruction = 200, efSearch = 64, threads } = option;
      return new IndexHNSWFlat(dimensions, { m, efConstruction, efSearch, metric, threads });
    },
  },
  read: readHnswFlat,
  write: writeHnswFlat,
} as const satisfies IndexKind<IndexHNSWFlat>;
