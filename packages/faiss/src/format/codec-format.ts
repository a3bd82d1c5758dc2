import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import { IndexPQ, IndexScalarQuantizer } from "../indexes/index-codes.js";
import { ProductCodec } from "../kernels/product-codec.js";
import { SCALAR_TYPES, ScalarCodec, trainedLength } from "../kernels/scalar-codec.js";
import type { BinaryReader } from "./binary-reader.js";
import { readHeader } from "./index-header.js";

/** More bits would mean tables of more than 65,536 centroids a part, which faiss does not make either. */
const MAX_PRODUCT_BITS = 16;

/** A ScalarQuantizer: type, range statistics (used in training only), d, code size, trained ranges. */
export async function readScalarCodec(reader: BinaryReader, dimensions: number): Promise<ScalarCodec> {
  const number = await reader.i32();
  reader.expect(number >= 0 && number < 64, `Expected a scalar quantizer type, got ${number}.`);
  const type = SCALAR_TYPES[number];
  if (type === undefined)
    throw new UnsupportedIndexError(`ScalarQuantizer of type ${number} (newer than 8bit_direct_signed)`);
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

/** A ProductQuantizer: d, M, bits, centroids [M, 2^bits, d / M]. */
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

/** Body of `IxSQ`. */
export async function readScalarQuantizer(reader: BinaryReader): Promise<IndexScalarQuantizer> {
  const header = await readHeader(reader, "IndexScalarQuantizer");
  const codec = await readScalarCodec(reader, header.dimensions);
  return new IndexScalarQuantizer(
    header.metric,
    codec,
    await readCodes(reader, header.ntotal * codec.codeSize),
  );
}

/** Body of `IxPq`: codes, then how Python would search; only the plain way is the same for all. */
export async function readPq(reader: BinaryReader): Promise<IndexPQ> {
  const header = await readHeader(reader, "IndexPQ");
  const codec = await readProductCodec(reader, header.dimensions);
  const codes = await readCodes(reader, header.ntotal * codec.codeSize);
  await reader.i32();
  await reader.bool();
  await reader.i32();
  return new IndexPQ(header.metric, codec, codes);
}

async function readCodes(reader: BinaryReader, length: number): Promise<Uint8Array> {
  const codes = await reader.vector(Uint8Array);
  reader.expect(codes.length === length, `Expected codes of ${length} bytes, got ${codes.length}.`);
  return codes;
}
