import type { BinaryWriter } from "../../format/binary-writer.js";
import type { ScalarCodec } from "../../kernels/scalar-codec.js";
import { SCALAR_TYPES } from "../../kernels/scalar-types.js";

/** Writes a codec as `readScalarCodec` reads it. */
export function writeScalarCodec(writer: BinaryWriter, codec: ScalarCodec): void {
  writer.i32(SCALAR_TYPES[codec.type].number);
  writer.i32(codec.range.number);
  writer.f32(codec.range.argument);
  writer.size(codec.dimensions);
  writer.size(codec.codeSize);
  writer.vector(codec.trained);
}
