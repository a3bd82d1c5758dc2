import { MAX_DIMENSIONS } from "../../format/index-header.js";
import type { IndexReader } from "../../format/index-reader.js";
import { hadamardTransform } from "./hadamard-transform.js";
import { isMixingRotation, mixingRotation } from "./mixing-rotation.js";
import {
  centeringTransform,
  identityTransform,
  itqTransform,
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

/**
 * Reads a transform at the reader's position, including its type code.
 * @param options `mayBeUntrained`: faiss writes parts that it does not use untrained
 */
export async function readTransform(
  reader: IndexReader,
  options: { readonly mayBeUntrained?: boolean } = {},
): Promise<VectorTransform> {
  const tag = await reader.tag();
  if (Object.hasOwn(LINEAR, tag)) return readLinear(reader, tag, options);
  if (tag === "Viqt") return reader.nested(() => readItq(reader));
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
  if (tag === "HRot") {
    const seed = await reader.i32();
    const [input, output] = await readShape(reader);
    reader.expect(
      output === 2 ** Math.ceil(Math.log2(input)),
      `Expected the least power of 2 that is at least ${input}, got ${output} dimensions.`,
    );
    return hadamardTransform(input, output, seed >>> 0);
  }
  if (tag === "VCnt") {
    const mean = await reader.vector(Float32Array);
    const [input, output] = await readShape(reader);
    reader.expect(mean.length === input && input === output, `Expected a mean of ${input} dimensions.`);
    return centeringTransform(mean);
  }
  throw reader.formatError(`Expected a transform's type tag, got ${JSON.stringify(tag)}.`);
}

/** Reads a linear transform. Fields of training before the matrix are not needed to apply it. */
async function readLinear(
  reader: IndexReader,
  tag: string,
  options: { readonly mayBeUntrained?: boolean },
): Promise<VectorTransform> {
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
  const [input, output] = await readShape(reader, options);
  if (options.mayBeUntrained && matrix.length === 0) return identityTransform(LINEAR[tag]!, input, output);
  reader.expect(
    matrix.length === input * output && (!hasBias || bias.length === output),
    `Expected a matrix of ${output} × ${input} numbers, got ${matrix.length}.`,
  );
  if (tag === "rrot" && !hasBias && input === output && (await isMixingRotation(input, matrix)))
    return mixingRotation(input);
  return linearTransform(LINEAR[tag]!, input, output, matrix, hasBias ? bias : new Float32Array(0));
}

/** Reads an ITQ transform: mean, whether PCA comes first, the rotation alone, and both in one matrix, which is the one applied. */
async function readItq(reader: IndexReader): Promise<VectorTransform> {
  const mean = await reader.vector(Float32Array);
  await reader.bool();
  const rotation = await readTransform(reader, { mayBeUntrained: true });
  const linear = await readTransform(reader);
  const [input, output] = await readShape(reader);
  reader.expect(
    rotation.kind === "ITQMatrix" &&
      mean.length === input &&
      linear.inputDimensions === input &&
      linear.outputDimensions === output,
    `Expected an ITQ transform from ${input} to ${output} dimensions.`,
  );
  return itqTransform(mean, linear);
}

/** Reads the end of every transform: input and output dimensions, and whether it is trained. */
async function readShape(
  reader: IndexReader,
  { mayBeUntrained = false }: { readonly mayBeUntrained?: boolean } = {},
): Promise<[input: number, output: number]> {
  const input = await reader.i32();
  const output = await reader.i32();
  for (const dimensions of [input, output]) {
    reader.expect(
      dimensions >= (mayBeUntrained ? 0 : 1) && dimensions <= MAX_DIMENSIONS,
      `Expected 1 to ${MAX_DIMENSIONS} dimensions, got ${dimensions}.`,
    );
  }
  const isTrained = await reader.bool();
  reader.expect(isTrained || mayBeUntrained, "Expected a trained transform.");
  return [input, output];
}
