import type { Metric } from "../contract/metric.js";
import type { VectorIndex } from "../contract/vector-index.js";
import type { BinaryWriter } from "./binary-writer.js";
import type { IndexReader } from "./index-reader.js";

/** More dimensions than any embedding has; keeps a damaged header from asking for gigabytes. */
export const MAX_DIMENSIONS = 1 << 20;

/** faiss writes this twice where older versions had fields; readers ignore it. */
const DUMMY = 1 << 20;

/** faiss's other metrics, for the message that refuses them. */
const OTHER_METRICS: Readonly<Record<number, string>> = {
  2: "L1",
  3: "Linf",
  4: "Lp",
  20: "Canberra",
  21: "BrayCurtis",
  22: "JensenShannon",
  23: "Jaccard",
  24: "NaNEuclidean",
  25: "Gower",
};

/** What every index starts with. */
export interface IndexHeader {
  readonly dimensions: number;
  readonly ntotal: number;
  readonly isTrained: boolean;
  readonly metric: Metric;
}

/** @param kind faiss's class name, for messages */
export async function readHeader(reader: IndexReader, kind: string): Promise<IndexHeader> {
  const dimensions = await reader.i32();
  reader.expect(
    dimensions >= 1 && dimensions <= MAX_DIMENSIONS,
    `Expected 1 to ${MAX_DIMENSIONS} dimensions, got ${dimensions}.`,
  );
  const ntotal = await reader.size();
  await reader.elements(Uint8Array, 16);
  const isTrained = await reader.bool();
  const metric = await reader.i32();
  if (metric === 0 || metric === 1) {
    return { dimensions, ntotal, isTrained, metric: metric === 0 ? "inner_product" : "l2" };
  }
  const name = OTHER_METRICS[metric];
  reader.expect(name !== undefined, `Expected a metric type, got ${metric}.`);
  throw reader.unsupportedError(`${kind} with metric ${name}`);
}

export function writeHeader(writer: BinaryWriter, header: IndexHeader): void {
  writer.i32(header.dimensions);
  writer.size(header.ntotal);
  writer.size(DUMMY);
  writer.size(DUMMY);
  writer.u8(header.isTrained ? 1 : 0);
  writer.i32(header.metric === "inner_product" ? 0 : 1);
}

/** An index inside another holds the same vectors. */
export function expectSameShape(reader: IndexReader, outer: IndexHeader, inner: VectorIndex): void {
  reader.expect(
    inner.dimensions === outer.dimensions && inner.ntotal === outer.ntotal && inner.metric === outer.metric,
    `Expected an inner index of ${outer.ntotal} vectors of ${outer.dimensions} dimensions (${outer.metric}), ` +
      `got ${inner.ntotal} of ${inner.dimensions} (${inner.metric}).`,
  );
}
