import { type FileHandle, open } from "node:fs/promises";
import { describeValue } from "@secondpass/core";
import { MalformedSafetensorsError } from "../errors/malformed-safetensors-error.js";
import { checkLayout } from "./check-layout.js";
import { DTYPE_BITS } from "./dtype-bits.js";
import type { TensorLocation } from "./tensor-location.js";

export type { TensorLocation };

/** The format's own limit; a longer header means that the file is something else. */
const MAX_HEADER_BYTES = 100_000_000;
const PREFIX_BYTES = 8;

/**
 * Reads the list of tensors in a safetensors file. The file has 8 bytes with the header's length, the header in JSON, and the data. Every
 * length is compared with the file's size before memory is allocated. It throws in the same cases as the reference implementation: gaps,
 * overlaps, bytes after the last tensor, unknown element types.
 *
 * @throws MalformedSafetensorsError if the file is cut, invalid or of another kind
 * @see https://github.com/huggingface/safetensors#format
 */
export async function readSafetensorsHeader(file: string): Promise<TensorLocation[]> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    if (size < PREFIX_BYTES)
      throw new MalformedSafetensorsError(file, `it has ${size} bytes, at least 8 are needed`);
    const headerBytes = Number(
      Buffer.from(await readExactly(handle, file, 0, PREFIX_BYTES)).readBigUInt64LE(),
    );
    const dataStart = PREFIX_BYTES + headerBytes;
    if (headerBytes > MAX_HEADER_BYTES || dataStart > size) {
      throw new MalformedSafetensorsError(
        file,
        `it states a header of ${headerBytes} bytes, but has ${size} bytes in total`,
      );
    }
    const header = parseHeader(file, await readExactly(handle, file, PREFIX_BYTES, headerBytes));
    checkMetadata(file, header.__metadata__);
    const tensors = Object.entries(header)
      .filter(([name]) => name !== "__metadata__")
      .map(([name, entry]) => tensorLocation(file, name, entry, dataStart, size));
    checkLayout(file, tensors, dataStart, size);
    return tensors;
  } finally {
    await handle.close();
  }
}

async function readExactly(
  handle: FileHandle,
  file: string,
  position: number,
  length: number,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  const { bytesRead } = await handle.read(bytes, 0, length, position);
  if (bytesRead < length) throw new MalformedSafetensorsError(file, `it ended while its header was read`);
  return bytes;
}

function parseHeader(file: string, bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    throw new MalformedSafetensorsError(file, `its header is not JSON (${(error as Error).message})`);
  }
  if (!isRecord(header)) throw new MalformedSafetensorsError(file, "its header is not a JSON object");
  return header;
}

function tensorLocation(
  file: string,
  name: string,
  entry: unknown,
  dataStart: number,
  fileSize: number,
): TensorLocation {
  const malformed = (reason: string) =>
    new MalformedSafetensorsError(file, `tensor ${describeValue(name)} ${reason}`);
  if (!isRecord(entry) || typeof entry.dtype !== "string") throw malformed("has no dtype");
  const bits = DTYPE_BITS.get(entry.dtype);
  if (bits === undefined) throw malformed(`has the unknown dtype ${describeValue(entry.dtype)}`);
  if (!isSizes(entry.shape)) throw malformed(`has the shape ${describeValue(entry.shape)}`);
  if (!isSizes(entry.data_offsets) || entry.data_offsets.length !== 2) {
    throw malformed(`has the data_offsets ${describeValue(entry.data_offsets)}`);
  }
  const [begin, end] = entry.data_offsets as [number, number];
  if (begin > end || dataStart + end > fileSize) {
    throw malformed(`is at bytes ${begin} to ${end} of the data, which has ${fileSize - dataStart} bytes`);
  }
  const bytes = (entry.shape.reduce((product, dimension) => product * dimension, 1) * bits) / 8;
  if (bytes !== end - begin) {
    throw malformed(
      `of ${entry.dtype} ${describeValue(entry.shape)} has ${end - begin} bytes, but ${bytes} are needed`,
    );
  }
  return {
    name,
    dtype: entry.dtype,
    shape: entry.shape,
    file,
    offset: dataStart + begin,
    length: end - begin,
  };
}

/** Checks that the metadata are null or strings by name. */
function checkMetadata(file: string, metadata: unknown): void {
  if (metadata === undefined || metadata === null) return;
  if (isRecord(metadata) && Object.values(metadata).every((value) => typeof value === "string")) return;
  throw new MalformedSafetensorsError(file, "its __metadata__ is not an object of strings");
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}
