import type { BinaryWriter } from "../../format/binary-writer.js";
import type { ProductCodec } from "../../kernels/product-codec.js";

/** Writes a codec as `readProductCodec` reads it. */
export function writeProductCodec(writer: BinaryWriter, codec: ProductCodec): void {
  writer.size(codec.dimensions);
  writer.size(codec.parts);
  writer.size(codec.bits);
  writer.vector(codec.centroids);
}
