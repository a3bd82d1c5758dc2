import { MAX_DIMENSIONS } from "../../format/index-header.js";
import type { IndexReader } from "../../format/index-reader.js";
import {
  centeringTransform,
  linearTransform,
  normalizationTransform,
  remapTransform,
  type VectorTransform,
} from "./vector-transform.js";

const LINEAR: Readonly<Record<string, string>> = {
  rrot: "RandomRotationMatrix",
  LTra: "LinearTransform",
  Pcam: "PCAMatrix",
  PcAm: "PCAMatrix",
  PCAm: "PCAMatrix",
  Viqm: "ITQMatrix",
};

const UNSUPPORTED: Readonly<Record<string, string>> = { HRot: "HadamardRotation", Viqt: "ITQTransform" };

/** A transform at the reader's place, its type code included. */
export async function readTransform(reader: IndexReader): Promise<VectorTransform> {
  const tag = await reader.tag();
  if (Object.hasOwn(LINEAR, tag)) return readLinear(reader, tag);
  if (Object.hasOwn(UNSUPPORTED, tag)) throw reader.unsupportedError(UNSUPPORTED[tag]!);
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
    if (norm !== 2) throw reader.unsupportedError(`NormalizationTransform to norm ${norm}`);
    return normalizationTransform(input);
  }
  if (tag === "VCnt") {
    const mean = await reader.vector(Float32Array);
    const [input, output] = await readShape(reader);
    reader.expect(mean.length === input && input === output, `Expected a mean of ${input} dimensions.`);
    return centeringTransform(mean);
  }
  throw reader.formatError(`Expected a transform's type tag, got ${JSON.stringify(tag)}.`);
}

/** What training left in front of the matrix is not needed to apply it. */
async function readLinear(reader: IndexReader, tag: string): Promise<VectorTransform> {
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
async function readShape(reader: IndexReader): Promise<[input: number, output: number]> {
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
