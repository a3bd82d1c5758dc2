import type { BinaryReader } from "../../format/binary-reader.js";
import { ProductCodec } from "../../kernels/product-codec.js";

/** Maximum bits of a part: more would need over 65,536 centroids for each part, which faiss does not support either. */
const MAX_PRODUCT_BITS = 16;

/** Reads a ProductQuantizer: d, M, bits, centroids [M, 2^bits, d / M]. */
export async function readProductCodec(reader: BinaryReader, dimensions: number): Promise<ProductCodec> {
  const d = await reader.size();
  const parts = await reader.size();
  const bits = await reader.size();
  reader.expect(d === dimensions, `Expected a quantizer of ${dimensions} dimensions, got ${d}.`);
  reader.expect(
    parts >= 1 && d % parts === 0,
    `Expected ${d} dimensions in equal parts, got ${parts} parts.`,
  );
  reader.expect(
    bits >= 1 && bits <= MAX_PRODUCT_BITS,
    `Expected 1 to ${MAX_PRODUCT_BITS} bits, got ${bits}.`,
  );
  const centroids = await reader.vector(Float32Array);
  const length = d * 2 ** bits;
  reader.expect(
    centroids.length === length,
    `Expected centroids of ${length} floats, got ${centroids.length}.`,
  );
  return new ProductCodec(d, parts, bits, centroids);
}
