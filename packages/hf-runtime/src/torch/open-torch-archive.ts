import { type FileHandle, open } from "node:fs/promises";
import { readFully } from "@secondpass/core/node";
import { MalformedTorchFileError } from "../errors/malformed-torch-file-error.js";
import { UnsupportedTorchFileError } from "../errors/unsupported-torch-file-error.js";
import type { StoragePlace } from "./locate-tensors.js";
import { MAX_PICKLE_BYTES } from "./max-pickle-bytes.js";
import { readZipDirectory, type ZipEntry } from "./read-zip-directory.js";

const PICKLE = "data.pkl";
const MAX_BYTE_ORDER_BYTES = 16;

/** A zip archive written by torch.save. */
export interface TorchArchive {
  /** The pickle of the state dict. */
  readonly pickle: Uint8Array;
  /** Location of a storage's bytes in the file; undefined if there is no storage of this name. */
  placeOf(key: string): StoragePlace | undefined;
}

/**
 * Opens a file of torch.save and reads its pickle. The archive's entries must be uncompressed and must not overlap.
 * @throws UnsupportedTorchFileError for compressed or encrypted entries, big-endian numbers or a program (TorchScript),
 *   MalformedTorchFileError for an archive that is cut or invalid
 */
export async function openTorchArchive(file: string): Promise<TorchArchive> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const entries = await readZipDirectory(handle, size, (reason) => {
      throw new MalformedTorchFileError(file, reason);
    });
    checkEntries(file, entries);
    const places = new Map(entries.map((entry) => [entry.name, entry]));
    const path = [...places.keys()].find((name) => /^[^/]+\/data\.pkl$/.test(name));
    if (path === undefined) throw new MalformedTorchFileError(file, `it has no ${PICKLE}`);
    const folder = path.slice(0, -PICKLE.length);
    if (places.has(`${folder}constants.pkl`))
      throw new UnsupportedTorchFileError(file, "it is a TorchScript program");
    await checkByteOrder(file, handle, places.get(`${folder}byteorder`));
    const { offset, length } = places.get(path)!;
    if (length > MAX_PICKLE_BYTES) {
      const most = `at most ${MAX_PICKLE_BYTES} are read`;
      throw new UnsupportedTorchFileError(file, `its ${PICKLE} has ${length} bytes, ${most}`);
    }
    return {
      pickle: await readBytes(file, handle, offset, length),
      placeOf: (key) => places.get(`${folder}data/${key}`),
    };
  } finally {
    await handle.close();
  }
}

function checkEntries(file: string, entries: readonly ZipEntry[]): void {
  if (entries.some(({ isPlain }) => !isPlain))
    throw new UnsupportedTorchFileError(file, "it is compressed or encrypted");
  if (new Set(entries.map(({ name }) => name)).size < entries.length)
    throw new MalformedTorchFileError(file, "it has two entries with the same name");
  const sorted = entries.filter(({ length }) => length > 0).sort((a, b) => a.offset - b.offset);
  const overlaps = sorted.some(
    ({ offset, length }, i) => offset + length > (sorted[i + 1]?.offset ?? Infinity),
  );
  if (overlaps) throw new MalformedTorchFileError(file, "two of its entries overlap");
}

/** Checks that numbers are little-endian. PyTorch 2.1 and newer write the byte order; older versions used the machine's and did not write it. */
async function checkByteOrder(
  file: string,
  handle: FileHandle,
  place: StoragePlace | undefined,
): Promise<void> {
  if (place === undefined) return;
  const bytes = await readBytes(file, handle, place.offset, Math.min(place.length, MAX_BYTE_ORDER_BYTES));
  const order = Buffer.from(bytes).toString("latin1");
  if (order !== "little") throw new UnsupportedTorchFileError(file, `its numbers are ${order}-endian`);
}

async function readBytes(
  file: string,
  handle: FileHandle,
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  if ((await readFully(handle, bytes, offset)) < length)
    throw new MalformedTorchFileError(file, "it ended while it was read");
  return bytes;
}
