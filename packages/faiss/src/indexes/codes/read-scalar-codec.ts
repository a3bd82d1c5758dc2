import type { IndexReader } from "../../format/index-reader.js";
import { SCALAR_TYPES, ScalarCodec, trainedLength } from "../../kernels/scalar-codec.js";

/** A ScalarQuantizer: type, range statistics (used in training only), d, code size, trained ranges. */
export async function readScalarCodec(reader: IndexReader, dimensions: number): Promise<ScalarCodec> {
  const number = await reader.i32();
  reader.expect(number >= 0 && number < 64, `Expected a scalar quantizer type, got ${number}.`);
  const type = SCALAR_TYPES[number];
  if (type === undefined)
    throw reader.unsupportedError(`ScalarQuantizer of type ${number} (newer than 8bit_direct_signed)`);
  await reader.i32();
  await reader.f32();
  const d = await reader.size();
  reader.expect(d === dimensions, `Expected a quantizer of ${dimensions} dimensions, got ${d}.`);
  const codeSize = await reader.size();
  const trained = await reader.vector(Float32Array);
  const length = trainedLength(type, dimensions);
  reader.expect(trained.length === length, `Expected ${length} trained numbers, got ${trained.length}.`);
  const codec = new ScalarCodec(dimensions, type, trained);
  reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
  return codec;
}
