import type { IndexReader } from "../../format/index-reader.js";
import { ScalarCodec } from "../../kernels/scalar-codec.js";
import { SCALAR_TYPES, type ScalarType, trainedLength } from "../../kernels/scalar-types.js";

const TYPES = new Map<number, ScalarType>(
  Object.entries(SCALAR_TYPES).map(([type, { number }]) => [number, type as ScalarType]),
);

/** Reads a ScalarQuantizer: type, range statistics (used in training only), d, code size, trained numbers. */
export async function readScalarCodec(
  reader: IndexReader,
  dimensions: number,
  isTrained: boolean,
): Promise<ScalarCodec> {
  const number = await reader.i32();
  reader.expect(number >= 0 && number < 64, `Expected a scalar quantizer type, got ${number}.`);
  const type = TYPES.get(number);
  if (type === undefined) throw reader.unsupportedError(`ScalarQuantizer of type ${number}`);
  const range = { number: await reader.i32(), argument: await reader.f32() };
  const d = await reader.size();
  reader.expect(d === dimensions, `Expected a quantizer of ${dimensions} dimensions, got ${d}.`);
  const codeSize = await reader.size();
  const trained = await reader.vector(Float32Array);
  const length = isTrained || trained.length > 0 ? trainedLength(type, dimensions) : 0;
  reader.expect(trained.length === length, `Expected ${length} trained numbers, got ${trained.length}.`);
  // The type of TurboQuant's projection. A rotation matrix would need LAPACK's random numbers.
  if (SCALAR_TYPES[type].trained === "turbo" && isTrained && trained.at(-1) !== 0)
    throw reader.unsupportedError(`ScalarQuantizer ${type} with a projection of type ${trained.at(-1)}`);
  const codec = new ScalarCodec(dimensions, type, trained, range);
  reader.expect(codeSize === codec.codeSize, `Expected codes of ${codec.codeSize} bytes, got ${codeSize}.`);
  return codec;
}
