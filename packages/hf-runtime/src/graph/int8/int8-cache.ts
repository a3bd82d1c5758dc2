import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, realpath, rename, rm } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { int8Names } from "../layers/int8-mat-mul.js";
import type { TensorBytes } from "../weights/place-weights.js";
import { readSafetensorsHeader, type TensorLocation } from "../weights/read-safetensors-header.js";
import { quantizeWeights } from "./int8-weights.js";

/** Goes up with every change of the rounding or of the layout; files of other versions are left alone. */
const VERSION = 1;

/** Bytes from the middle of each weight that its fingerprint looks at. */
const SAMPLE_BYTES = 256;

/** Quantised weights, in a file or, where none could be written, in memory. */
export type Int8Weights =
  | { readonly kind: "file"; readonly tensors: readonly TensorLocation[] }
  | { readonly kind: "memory"; readonly tensors: readonly TensorBytes[] };

/**
 * Gives the weights in int8, from the file that an earlier call left, or made now and left for the next: a safetensors file
 * whose name has a hash over the version and a fingerprint of the weights it was made of.
 *
 * @param cacheFolder where the file is looked for and written. Default: beside the weights (in a hub cache, beside its
 *   `blobs`), or in the user's cache folder where that cannot be written
 */
export async function int8Weights(
  weights: readonly TensorLocation[],
  cacheFolder?: string,
): Promise<Int8Weights> {
  const name = `secondpass-int8-${await fingerprint(weights)}.safetensors`;
  const folders = cacheFolder === undefined ? defaultFolders(weights) : [cacheFolder];
  for (const folder of folders) {
    const tensors = await readCached(join(folder, name), weights);
    if (tensors !== undefined) return { kind: "file", tensors };
  }
  const made = await quantizeWeights(weights);
  for (const folder of folders) {
    await writeWhole(join(folder, name), made);
    // Where another process was quicker and has the file open, Windows refuses ours; theirs is as good.
    const tensors = await readCached(join(folder, name), weights);
    if (tensors !== undefined) return { kind: "file", tensors };
  }
  return { kind: "memory", tensors: made };
}

function defaultFolders(weights: readonly TensorLocation[]): string[] {
  const beside = weights.slice(0, 1).map(({ file }) => {
    const folder = dirname(file);
    // Python's huggingface_hub counts what lies in `blobs`; a folder next to it goes when the repository is deleted.
    return basename(folder) === "blobs" ? join(dirname(folder), "secondpass") : folder;
  });
  const cache = process.env.XDG_CACHE_HOME ?? process.env.LOCALAPPDATA ?? join(homedir(), ".cache");
  return [...beside, join(cache, "secondpass", "int8")];
}

/**
 * Tells weights apart without reading them all: by their files' size and time, by their layout, and by a few bytes of each.
 * (Size and time alone would not do: images and stores give every file the same time.)
 */
async function fingerprint(weights: readonly TensorLocation[]): Promise<string> {
  const hash = createHash("sha256").update(`${VERSION}`);
  for (const file of new Set(weights.map((weight) => weight.file))) {
    const handle = await open(file, "r");
    try {
      const { size, mtimeMs } = await handle.stat();
      hash.update(`\n${size} ${mtimeMs}`);
      for (const { name, dtype, shape, offset, length } of weights.filter((weight) => weight.file === file)) {
        const sample = Buffer.alloc(Math.min(SAMPLE_BYTES, length));
        await handle.read(sample, 0, sample.length, offset + Math.floor((length - sample.length) / 2));
        hash.update(`\n${name} ${dtype} ${shape} ${offset}\n`).update(sample);
      }
    } finally {
      await handle.close();
    }
  }
  return hash.digest("hex").slice(0, 24);
}

/** What the file has, if it is there, whole and of the right shapes; anything else is made again. */
async function readCached(
  file: string,
  weights: readonly TensorLocation[],
): Promise<TensorLocation[] | undefined> {
  let tensors: TensorLocation[];
  try {
    tensors = await readSafetensorsHeader(await realpath(file));
  } catch {
    return undefined;
  }
  const shapes = new Map(tensors.map((tensor) => [tensor.name, `${tensor.dtype} ${tensor.shape}`]));
  const whole = weights.every(({ name, shape: [outputs, inputs] }) => {
    const names = int8Names(name);
    return (
      shapes.get(names.values) === `I8 ${inputs},${outputs}` && shapes.get(names.scales) === `F32 ${outputs}`
    );
  });
  return whole ? tensors : undefined;
}

/** Writes beside the target and renames, so that no reader sees half a file. Leaves nothing where the folder takes none. */
async function writeWhole(file: string, tensors: readonly TensorBytes[]): Promise<void> {
  const temporary = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true });
    const handle = await open(temporary, "wx");
    try {
      await handle.writeFile(headerOf(tensors));
      for (const tensor of tensors) await handle.writeFile(tensor.bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch {
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function headerOf(tensors: readonly TensorBytes[]): Uint8Array {
  let end = 0;
  const entries = tensors.map(({ name, dtype, shape, bytes }) => {
    const begin = end;
    end += bytes.length;
    return [name, { dtype, shape, data_offsets: [begin, end] }] as const;
  });
  const json = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json]);
}
