import { UnsupportedIndexError } from "../errors/unsupported-index-error.js";
import { IndexPreTransform } from "../indexes/index-pre-transform.js";
import {
  centeringTransform,
  linearTransform,
  normalizationTransform,
  remapTransform,
  type VectorTransform,
} from "../indexes/vector-transform.js";
import type { BinaryReader } from "./binary-reader.js";
import { MAX_DIMENSIONS, readHeader } from "./index-header.js";
import type { ReadObject } from "./read-object.js";

/** Longer chains than any factory string makes are signs of damage. */
const MAX_CHAIN = 64;

const LINEAR: Readonly<Record<string, string>> = {
  rrot: "RandomRotationMatrix",
  LTra: "LinearTransform",
  Pcam: "PCAMatrix",
  PcAm: "PCAMatrix",
  PCAm: "PCAMatrix",
  Viqm: "ITQMatrix",
};

const UNSUPPORTED: Readonly<Record<string, string>> = { HRot: "HadamardRotation", Viqt: "ITQTransform" };

/** Body of `IxPT`: header, the chain, the inner index. */
export async function readPreTransform(
  reader: BinaryReader,
  readInner: ReadObject,
): Promise<IndexPreTransform> {
  const header = await readHeader(reader, "IndexPreTransform");
  const count = await reader.i32();
  reader.expect(count >= 0 && count <= MAX_CHAIN, `Expected 0 to ${MAX_CHAIN} transforms, got ${count}.`);
  const chain: VectorTransform[] = [];
  let dimensions = header.dimensions;
  for (let i = 0; i < count; i++) {
    const transform = await readTransform(reader);
    reader.expect(
      transform.inputDimensions === dimensions,
      `Expected a transform of ${dimensions} dimensions, got ${transform.inputDimensions}.`,
    );
    dimensions = transform.outputDimensions;
    chain.push(transform);
  }
  const index = await readInner(reader);
  reader.expect(
    index.dimensions === dimensions && index.ntotal === header.ntotal && index.metric === header.metric,
    `Expected an inner index of ${header.ntotal} vectors of ${dimensions} dimensions.`,
  );
  return new IndexPreTransform(chain, index);
}

async function readTransform(reader: BinaryReader): Promise<VectorTransform> {
  const tag = await reader.tag();
  if (Object.hasOwn(LINEAR, tag)) return readLinear(reader, tag);
  if (Object.hasOwn(UNSUPPORTED, tag)) throw new UnsupportedIndexError(UNSUPPORTED[tag]!);
  if (tag === "RmDT") {
    const map = await reader.vector(Int32Array);
    const [input, output] = await readShape(reader);
    reader.expect(
      map.length === output && map.every((from) => from >= -1 && from < input),
      `Expected a map from ${input} to ${output} dimensions.`,
    );
    return remapTransform(input, map);
  }
  if (tag === "VNrm") {
    const norm = await reader.f32();
    const [input, output] = await readShape(reader);
    reader.expect(input === output, `Expected to keep ${input} dimensions, got ${output}.`);
    if (norm !== 2) throw new UnsupportedIndexError(`NormalizationTransform to norm ${norm}`);
    return normalizationTransform(input);
  }
  if (tag === "VCnt") {
    const mean = await reader.vector(Float32Array);
    const [input, output] = await readShape(reader);
    reader.expect(mean.length === input && input === output, `Expected a mean of ${input} dimensions.`);
    return centeringTransform(mean);
  }
  return reader.fail(`Expected a transform's type tag, got ${JSON.stringify(tag)}.`);
}

/** What training left in front of the matrix is not needed to apply it. */
async function readLinear(reader: BinaryReader, tag: string): Promise<VectorTransform> {
  if (tag === "Pcam" || tag === "PcAm" || tag === "PCAm") {
    await reader.f32();
    if (tag === "Pcam") await reader.f32();
    await reader.bool();
    if (tag !== "PCAm") await reader.i32();
    for (let i = 0; i < 3; i++) await reader.vector(Float32Array);
  }
  if (tag === "Viqm") {
    await reader.i32();
    await reader.i32();
  }
  const hasBias = await reader.bool();
  const matrix = await reader.vector(Float32Array);
  const bias = await reader.vector(Float32Array);
  const [input, output] = await readShape(reader);
  reader.expect(
    matrix.length === input * output && (!hasBias || bias.length === output),
    `Expected a matrix of ${output} × ${input} numbers, got ${matrix.length}.`,
  );
  return linearTransform(LINEAR[tag]!, input, output, matrix, hasBias ? bias : new Float32Array(0));
}

/** What every transform ends with: input and output dimensions, and whether it is trained. */
async function readShape(reader: BinaryReader): Promise<[input: number, output: number]> {
  const input = await reader.i32();
  const output = await reader.i32();
  for (const dimensions of [input, output]) {
    reader.expect(
      dimensions >= 1 && dimensions <= MAX_DIMENSIONS,
      `Expected 1 to ${MAX_DIMENSIONS} dimensions, got ${dimensions}.`,
    );
  }
  reader.expect(await reader.bool(), "Expected a trained transform.");
  return [input, output];
}
