import { createHash } from "node:crypto";
import { type FileHandle, open, realpath } from "node:fs/promises";
import { CHECKSUM_BYTES } from "../../derived-cache/checksum.js";
import { DerivedCache } from "../../derived-cache/derived-cache.js";
import { isIntact } from "../../derived-cache/is-intact.js";
import { readSafetensorsHeader, type TensorLocation } from "../../safetensors/read-safetensors-header.js";
import type { TensorBytes } from "../weights/tensor-bytes.js";
import type { Int8WeightType } from "./int8-weight-type.js";
import {
  type QuantizedTensor,
  quantizedInMemory,
  quantizedTensors,
  quantizeWeights,
} from "./quantize-weights.js";

/** Increase this with every change of the rounding or of the layout. Files of other versions are ignored. */
const VERSION = 2;

const KIND = { folder: "int8", prefix: "secondpass-int8-", extension: ".safetensors" };

/** Name of the last tensor. Its bytes are the end of the file, which identify the source weights and have a checksum. */
const TRAILER = "secondpass";

/** Bytes from the middle of each weight that go into the fingerprint. */
const SAMPLE_BYTES = 256;

/** Quantised weights, in a file, or in memory if no file could be written. */
export type Int8Weights =
  | { readonly kind: "file"; readonly tensors: readonly TensorLocation[] }
  | { readonly kind: "memory"; readonly tensors: readonly TensorBytes[] };

/**
 * Returns the weights in int8. It reads them from the file of an earlier call, or makes that file now. The file is in safetensors format, and
 * its name has a hash over the version and a fingerprint of the source weights. If its checksum shows damage, it is made again.
 *
 * @param type stored type, which depends on the CPU; each type has its own file
 * @param cacheFolder folder of the file. @default next to the weights (in a hub cache, next to its `blobs`), or the user's cache folder if
 *   that is not writable
 */
export async function int8Weights(
  weights: readonly TensorLocation[],
  type: Int8WeightType,
  cacheFolder?: string,
): Promise<Int8Weights> {
  const sources = [...new Set(weights.map(({ file }) => file))];
  const cache = new DerivedCache(KIND, sources, await fingerprint(weights, sources, type), cacheFolder);
  const kept = await cache.find(readTensors);
  if (kept) return { kind: "file", tensors: kept };
  // One weight at a time: all of them together would need as much memory as the loaded model.
  await cache.write(async function* (trailer) {
    yield headerOf(quantizedTensors(weights, type), trailer);
    yield* quantizeWeights(weights, type);
    yield trailer;
  });
  const written = await cache.find(readTensors);
  if (written) return { kind: "file", tensors: written };
  return { kind: "memory", tensors: await quantizedInMemory(weights, type) };
}

/**
 * A hash that tells weights apart without reading all of them: over their files' size and time, their layout, and a few bytes of each.
 * (Size and time are not enough: container images and object stores give every file the same time.)
 */
async function fingerprint(
  weights: readonly TensorLocation[],
  files: readonly string[],
  type: Int8WeightType,
): Promise<string> {
  // The first files were all int8, so names of int8 files have no type.
  const hash = createHash("sha256").update(type === "int8" ? `${VERSION}` : `${VERSION} ${type}`);
  for (const file of files) {
    const handle = await open(file, "r");
    try {
      const { size, mtimeMs } = await handle.stat();
      hash.update(`\n${size} ${mtimeMs}`);
      const own = weights.filter((weight) => weight.file === file);
      const samples = await Promise.all(own.map((weight) => readSample(handle, weight)));
      for (const [i, { name, dtype, shape, offset }] of own.entries()) {
        hash.update(`\n${name} ${dtype} ${shape} ${offset}\n`).update(samples[i]!);
      }
    } finally {
      await handle.close();
    }
  }
  return hash.digest("hex");
}

async function readSample(handle: FileHandle, { offset, length }: TensorLocation): Promise<Buffer> {
  const sample = Buffer.alloc(Math.min(SAMPLE_BYTES, length));
  await handle.read(sample, 0, sample.length, offset + Math.floor((length - sample.length) / 2));
  return sample;
}

/** Reads the file's tensors if it is intact; undefined otherwise. */
async function readTensors(path: string): Promise<TensorLocation[] | undefined> {
  if (!(await isIntact(path))) return undefined;
  const tensors = await readSafetensorsHeader(await realpath(path));
  return tensors.filter(({ name }) => name !== TRAILER);
}

function headerOf(tensors: readonly QuantizedTensor[], trailer: Buffer): Uint8Array {
  const entries: [name: string, entry: object][] = [];
  let end = 0;
  const add = (name: string, dtype: string, shape: readonly number[], length: number) => {
    entries.push([name, { dtype, shape, data_offsets: [end, end + length] }]);
    end += length;
  };
  for (const { name, dtype, shape } of tensors) {
    const count = shape.reduce((product, size) => product * size, 1);
    add(name, dtype, shape, count * (dtype === "F32" ? Float32Array.BYTES_PER_ELEMENT : 1));
  }
  const trailerBytes = trailer.length + CHECKSUM_BYTES;
  add(TRAILER, "U8", [trailerBytes], trailerBytes);
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json]);
}
