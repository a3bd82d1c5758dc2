import type { ByteSource } from "../format/byte-source.js";
import type { Metric } from "../index/metric.js";

/** Tag, header and count of a flat index of no vectors. */
const BYTES = 45;

/**
 * A FAISS file of a flat index without vectors or dimensions: what an empty store saves before the first vector tells
 * how many dimensions there are. faiss reads it.
 */
export function emptyIndexBytes(metric: Metric): Uint8Array {
  const bytes = Buffer.alloc(BYTES);
  bytes.write(metric === "l2" ? "IxF2" : "IxFI", 0, "latin1");
  // The two constants that faiss ignores, then "is trained" and the metric.
  bytes.writeBigInt64LE(1_048_576n, 16);
  bytes.writeBigInt64LE(1_048_576n, 24);
  bytes.writeUInt8(1, 32);
  bytes.writeInt32LE(metric === "l2" ? 1 : 0, 33);
  return bytes;
}

/** The metric of such a file, `undefined` for all others. */
export async function emptyIndexMetric(source: ByteSource): Promise<Metric | undefined> {
  if (source.size !== BYTES) return undefined;
  const bytes = Buffer.alloc(BYTES);
  await source.read(bytes, 0);
  return (["l2", "inner_product"] as const).find((metric) => bytes.equals(emptyIndexBytes(metric)));
}
