import { checkOneOf } from "@secondpass/core";
import { METRICS, type Metric } from "../../contract/metric.js";
import { BinaryWriter } from "../../format/binary-writer.js";
import { writeHeader } from "../../format/index-header.js";
import type { ByteSource } from "../../io/byte-source.js";
import { checkByteSource } from "../../io/check-byte-source.js";
import { flatTag } from "./flat-tag.js";

/** Sizes of flat indexes without vectors: tag, header and count, and the argument that metrics other than l2 and inner products have. */
const BYTES = [45, 49];

/**
 * A FAISS file of a flat index without vectors or dimensions. An empty store saves it as long as no vector has set the
 * dimensions. faiss can read it.
 * @throws InvalidOptionError if there is no such metric
 */
export function emptyIndexBytes(metric: Metric): Uint8Array {
  checkOneOf("metric", metric, METRICS);
  const writer = new BinaryWriter();
  writer.tag(flatTag(metric));
  writeHeader(writer, { dimensions: 0, ntotal: 0, isTrained: true, metric });
  writer.size(0);
  return writer.flush();
}

/** The metric of such a file; `undefined` for all others. @throws InvalidArgumentError if `source` is not a ByteSource */
export async function emptyIndexMetric(source: ByteSource): Promise<Metric | undefined> {
  checkByteSource("source", source);
  if (!BYTES.includes(source.size)) return undefined;
  const bytes = new Uint8Array(source.size);
  await source.read(bytes, 0);
  return METRICS.find((metric) => {
    const empty = emptyIndexBytes(metric);
    return empty.length === bytes.length && empty.every((byte, i) => byte === bytes[i]);
  });
}
