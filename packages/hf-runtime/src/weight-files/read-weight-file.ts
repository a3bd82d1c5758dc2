import { open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { readSafetensorsHeader } from "../safetensors/read-safetensors-header.js";
import type { TensorLocation } from "../safetensors/tensor-location.js";
import { readLegacyTorchFile } from "../torch/read-legacy-torch-file.js";
import { readTorchFile } from "../torch/read-torch-file.js";

/** First bytes of a zip archive. A safetensors file cannot begin with them, because its header would be longer than the format allows. */
const ZIP = Buffer.from("PK\x03\x04", "latin1");
/** First bytes of a pickle of protocol 2 whose first value is a long integer. */
const PICKLE = Buffer.from([0x80, 2, 0x8a]);

/**
 * Reads the list of tensors in a weights file, safetensors or PyTorch. It detects the format from the first bytes, because files in the hub's
 * cache are named after their hashes.
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
