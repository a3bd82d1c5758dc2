import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { readSafetensorsHeader } from "../safetensors/read-safetensors-header.js";
import type { TensorLocation } from "../safetensors/tensor-location.js";
import { readLegacyTorchFile } from "../torch/read-legacy-torch-file.js";
import { readTorchFile } from "../torch/read-torch-file.js";

/** What a zip archive begins with. As the length of a safetensors header it would be more than the format allows. */
const ZIP = Buffer.from("PK\x03\x04", "latin1");
/** A pickle of protocol 2 whose first value is a long whole number. */
const PICKLE = Buffer.from([0x80, 2, 0x8a]);

/**
 * Reads what tensors a file of weights has, safetensors or PyTorch's. Which it is, is told by its first bytes: files of the hub's cache
 * are named after their hashes.
 * @throws MalformedSafetensorsError, MalformedTorchFileError, UnsupportedTorchFileError
 */
export async function readWeightFile(file: string): Promise<TensorLocation[]> {
  const start = await firstBytes(file);
  if (start.equals(ZIP)) return readTorchFile(file);
  return start.subarray(0, PICKLE.length).equals(PICKLE)
    ? readLegacyTorchFile(file)
    : readSafetensorsHeader(file);
}

async function firstBytes(file: string): Promise<Buffer> {
  const handle = await open(file, "r");
  try {
    const start = Buffer.alloc(ZIP.length);
    return start.subarray(0, await readFully(handle, start, 0));
  } finally {
    await handle.close();
  }
}
