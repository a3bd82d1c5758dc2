import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { readSafetensorsHeader } from "../safetensors/read-safetensors-header.js";

/** Hashing this much takes two milliseconds. Smaller files are hashed whole, larger ones in samples. */
const MAX_WHOLE_BYTES = 4 * 2 ** 20;
/** Number of samples at equal distances, from the file's start to its end. Training changes nearly every part of a file. */
const SAMPLES = 256;
const SAMPLE_BYTES = 4096;
/** Size of a sample from the middle of each tensor. Training may also change only a few small tensors. */
const TENSOR_BYTES = 64;

interface Range {
  readonly offset: number;
  readonly length: number;
}

/**
 * A hash that tells files of different models apart, in milliseconds whatever their size. It does not protect against manipulation: a file
 * can be changed between its samples.
 * @returns hexadecimal digits
 */
export async function fileFingerprint(path: string): Promise<string> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const hash = createHash("sha256").update(`${size}\n`);
    for (const range of await rangesOf(path, size)) hash.update(await readRange(handle, range));
    return hash.digest("hex");
  } finally {
    await handle.close();
  }
}

async function rangesOf(path: string, size: number): Promise<readonly Range[]> {
  if (size <= MAX_WHOLE_BYTES) return [{ offset: 0, length: size }];
  const distance = (size - SAMPLE_BYTES) / (SAMPLES - 1);
  const even = Array.from({ length: SAMPLES }, (_, i) => ({
    offset: Math.floor(i * distance),
    length: SAMPLE_BYTES,
  }));
  if (!path.endsWith(".safetensors")) return even;
  const tensors = await readSafetensorsHeader(path);
  return [
    ...even,
    ...tensors.map(({ offset, length }) => ({
      offset: offset + Math.floor(length / 2),
      length: Math.min(TENSOR_BYTES, Math.ceil(length / 2)),
    })),
  ];
}

async function readRange(handle: FileHandle, { offset, length }: Range): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  return bytes.subarray(0, await readFully(handle, bytes, offset));
}
