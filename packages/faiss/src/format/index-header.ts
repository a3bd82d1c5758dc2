import { isCommonMetric, type Metric } from "../contract/metric.js";
import type { VectorIndex } from "../contract/vector-index.js";
import type { BinaryWriter } from "./binary-writer.js";
import type { IndexReader } from "./index-reader.js";

/** More dimensions than any embedding has; limits the memory that a damaged header can request. */
export const MAX_DIMENSIONS = 1 << 20;

/** faiss writes this twice in place of old fields; readers ignore it. */
const DUMMY = 1 << 20;

/** Metrics by faiss's numbers. */
const METRICS: ReadonlyMap<number, Metric> = new Map([
  [0, "inner_product"],
  [1, "l2"],
  [2, "l1"],
  [3, "linf"],
  [4, "lp"],
  [20, "canberra"],
  [21, "bray_curtis"],
  [22, "jensen_shannon"],
  [23, "jaccard"],
  [24, "nan_euclidean"],
  [25, "gower"],
]);
const NUMBERS: ReadonlyMap<Metric, number> = new Map(
  [...METRICS].map(([number, metric]) => [metric, number]),
);

/** The header of every index. */
export interface IndexHeader {
  readonly dimensions: number;
  readonly ntotal: number;
  readonly isTrained: boolean;
  readonly metric: Metric;
  /** The power of `"lp"`; files of other metrics than l2 and inner product have it. @default 0 */
  readonly metricArg?: number;
}

/**
 * Reads the header of an index.
 * @param kind faiss's class name, for messages
 * @param metrics `"common"` if the kind supports only l2 and the inner product
 */
export async function readHeader(
  reader: IndexReader,
  kind: string,
  metrics: "common" | "all" = "common",
): Promise<IndexHeader & { readonly metricArg: number }> {
  const dimensions = await reader.i32();
  reader.expect(
    dimensions >= 1 && dimensions <= MAX_DIMENSIONS,
    `Expected 1 to ${MAX_DIMENSIONS} dimensions, got ${dimensions}.`,
  );
  const ntotal = await reader.size();
  await reader.elements(Uint8Array, 16);
  const isTrained = await reader.bool();
  const number = await reader.i32();
  const metric = METRICS.get(number);
  if (metric === undefined) throw reader.formatError(`Expected a metric type, got ${number}.`);
  if (isCommonMetric(metric)) return { dimensions, ntotal, isTrained, metric, metricArg: 0 };
  if (metrics === "common") throw reader.unsupportedError(`${kind} with metric ${metric}`);
  return { dimensions, ntotal, isTrained, metric, metricArg: await reader.f32() };
}

export function writeHeader(writer: BinaryWriter, header: IndexHeader): void {
  writer.i32(header.dimensions);
  writer.size(header.ntotal);
  writer.size(DUMMY);
  writer.size(DUMMY);
  writer.u8(header.isTrained ? 1 : 0);
  writer.i32(NUMBERS.get(header.metric)!);
  if (!isCommonMetric(header.metric)) writer.f32(header.metricArg ?? 0);
}

/** Checks that an index and the one inside it have the same vectors. */
export function expectSameShape(reader: IndexReader, outer: IndexHeader, inner: VectorIndex): void {
  reader.expect(
    inner.dimensions === outer.dimensions && inner.ntotal === outer.ntotal && inner.metric === outer.metric,
    `Expected an inner index of ${outer.ntotal} vectors of ${outer.dimensions} dimensions (${outer.metric}), ` +
      `got ${inner.ntotal} of ${inner.dimensions} (${inner.metric}).`,
  );
}
