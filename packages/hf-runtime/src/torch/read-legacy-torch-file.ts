import { type FileHandle, open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { MalformedTorchFileError } from "../errors/malformed-torch-file-error.js";
import { UnsupportedTorchFileError } from "../errors/unsupported-torch-file-error.js";
import { DTYPE_BITS } from "../safetensors/dtype-bits.js";
import type { TensorLocation } from "../safetensors/tensor-location.js";
import { locateTensors, type StoragePlace } from "./locate-tensors.js";
import { MAX_PICKLE_BYTES } from "./max-pickle-bytes.js";
import { readPickle } from "./read-pickle.js";
import { TorchTensor } from "./torch-tensor.js";

/** The pickle at the start of such a file: an integer of 10 bytes. */
const MAGIC = Buffer.from("80028a0a6cfc9c46f9206aa850192e", "hex");
const VERSION = 1001;
/** Bytes of the field before a storage's elements that has their number. */
const SIZE_BYTES = 8;

/**
 * Reads the list of tensors in a file of torch.save before PyTorch 1.6. The file has pickles of a magic number, a version, facts about the
 * machine, the state dict and the storages' names; then each storage's size and elements. No code in it is run.
 *
 * @throws UnsupportedTorchFileError if it is not a state dict of tensors, MalformedTorchFileError if the file is cut or invalid
 */
export async function readLegacyTorchFile(file: string): Promise<TensorLocation[]> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const head = new Uint8Array(Math.min(size, MAX_PICKLE_BYTES));
    if ((await readFully(handle, head, 0)) < head.length || size < MAGIC.length) throw ended(file);
    if (!MAGIC.equals(head.subarray(0, MAGIC.length)))
      throw new UnsupportedTorchFileError(file, "it is a pickle that torch.save has not written");
    const version = await readPickle(file, head, MAGIC.length);
    if (version.value !== VERSION)
      throw new UnsupportedTorchFileError(file, `its version of the format is not ${VERSION}`);
    const machine = await readPickle(file, head, version.end);
    if (!(machine.value instanceof Map) || machine.value.get("little_endian") !== true)
      throw new UnsupportedTorchFileError(file, "its numbers are not little-endian");
    const state = await readPickle(file, head, machine.end);
    const keys = await readPickle(file, head, state.end);
    const places = await placesOf(handle, file, {
      keys: keys.value,
      dtypes: dtypesOf(state.value),
      start: keys.end,
      size,
    });
    return await locateTensors(file, state.value, (key) => places.get(key));
  } finally {
    await handle.close();
  }
}

/** Element types of the storages of a state dict's tensors. */
function dtypesOf(state: unknown): ReadonlyMap<string, string> {
  const dtypes = new Map<string, string>();
  for (const value of state instanceof Map ? state.values() : []) {
    if (value instanceof TorchTensor) dtypes.set(value.storage.key, value.dtype);
  }
  return dtypes;
}

interface Storages {
  /** Names, in the order of the storages. */
  readonly keys: unknown;
  readonly dtypes: ReadonlyMap<string, string>;
  /** Position of the first storage. */
  readonly start: number;
  /** Size of the file in bytes. */
  readonly size: number;
}

async function placesOf(
  handle: FileHandle,
  file: string,
  { keys, dtypes, start, size }: Storages,
): Promise<ReadonlyMap<string, StoragePlace>> {
  if (!Array.isArray(keys)) throw new MalformedTorchFileError(file, "it has no list of its storages");
  const places = new Map<string, StoragePlace>();
  let position = start;
  for (const key of keys) {
    const dtype = dtypes.get(key);
    if (dtype === undefined || places.has(key))
      throw new UnsupportedTorchFileError(file, "it has storages that no tensor of its state dict uses");
    const count = Buffer.alloc(SIZE_BYTES);
    if ((await readFully(handle, count, position)) < SIZE_BYTES) throw ended(file);
    const offset = position + SIZE_BYTES;
    const length = (Number(count.readBigUInt64LE()) * DTYPE_BITS.get(dtype)!) / 8;
    if (offset + length > size) throw ended(file);
    places.set(key, { offset, length });
    position = offset + length;
  }
  return places;
}

function ended(file: string): MalformedTorchFileError {
  return new MalformedTorchFileError(file, "it ended while it was read");
}
