import type { FileHandle } from "node:fs/promises";
import { workSlices } from "@secondpass/core";
import { readFully } from "@secondpass/core/node";

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Position of its content's first byte in the archive. */
  readonly offset: number;
  /** Size of its stored content in bytes. */
  readonly length: number;
  /** Whether the content is neither compressed nor encrypted. */
  readonly isPlain: boolean;
}

/** Signatures of the format's records. Source: APPNOTE.TXT of PKWARE, version 6.3.10 */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LONG_END = 0x06064b50;
const LONG_END_LOCATOR = 0x07064b50;
/** Sizes of the records in bytes, without names and comments. */
const SIZES = { local: 30, central: 46, end: 22, longEnd: 56, longEndLocator: 20 };
const MAX_COMMENT_BYTES = 0xffff;
/** Means that the number is in a 64-bit field. */
const LONG = 0xffffffff;
const LONG_EXTRA_FIELD = 1;
const ENCRYPTED = 1;
/** Maximum size of the directory. A model's archive has an entry of some 100 bytes for each tensor. */
const MAX_DIRECTORY_BYTES = 16 * 2 ** 20;

/**
 * Reads the directory of a zip archive, also of more than 4 GB. The contents are not read. (Existing libraries are CommonJS, which cannot be
 * bundled into ESM programs, or do not return where the contents are.)
 *
 * @param fail throws the error for an invalid archive
 */
export async function readZipDirectory(
  handle: FileHandle,
  size: number,
  fail: (reason: string) => never,
): Promise<ZipEntry[]> {
  const read = async (offset: number, length: number): Promise<Buffer> => {
    if (offset < 0 || length < 0 || offset + length > size) fail("its directory is cut off");
    const bytes = Buffer.alloc(length);
    if ((await readFully(handle, bytes, offset)) < length) fail("it ended while it was read");
    return bytes;
  };
  const { start, length } = await findDirectory(read, size, fail);
  if (length > MAX_DIRECTORY_BYTES) fail(`its directory has ${length} bytes`);
  const directory = await read(start, length);
  const slices = workSlices();
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    const record = readRecord(directory, at, fail);
    at = record.end;
    const local = await read(record.localHeader, SIZES.local);
    if (local.readUInt32LE() !== LOCAL) fail("an entry of its directory is missing");
    const offset = record.localHeader + SIZES.local + local.readUInt16LE(26) + local.readUInt16LE(28);
    if (offset + record.length > size) fail("an entry ends after the file");
    entries.push({ name: record.name, offset, length: record.length, isPlain: record.isPlain });
    if (slices.due()) await slices.pause();
  }
  return entries;
}

interface Directory {
  readonly start: number;
  readonly length: number;
}

/** Finds the directory from the record at the archive's end. */
async function findDirectory(
  read: (offset: number, length: number) => Promise<Buffer>,
  size: number,
  fail: (reason: string) => never,
): Promise<Directory> {
  const tailBytes = Math.min(size, SIZES.end + MAX_COMMENT_BYTES);
  const tail = await read(size - tailBytes, tailBytes);
  let at = tailBytes - SIZES.end;
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === END && at + SIZES.end + tail.readUInt16LE(at + 20) === tailBytes)
  )
    at--;
  if (at < 0) fail("it has no directory at its end");
  const found = { length: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) };
  if (found.length !== LONG && found.start !== LONG && tail.readUInt16LE(at + 10) !== 0xffff) return found;
  const locator = await read(size - tailBytes + at - SIZES.longEndLocator, SIZES.longEndLocator);
  if (locator.readUInt32LE() !== LONG_END_LOCATOR) return found;
  const end = await read(Number(locator.readBigUInt64LE(8)), SIZES.longEnd);
  if (end.readUInt32LE() !== LONG_END) fail("its directory is cut off");
  return { length: Number(end.readBigUInt64LE(40)), start: Number(end.readBigUInt64LE(48)) };
}

interface DirectoryRecord {
  readonly name: string;
  readonly isPlain: boolean;
  readonly length: number;
  readonly localHeader: number;
  /** Position after the record. */
  readonly end: number;
}

function readRecord(directory: Buffer, at: number, fail: (reason: string) => never): DirectoryRecord {
  if (at + SIZES.central > directory.length || directory.readUInt32LE(at) !== CENTRAL)
    fail("its directory is damaged");
  const nameEnd = at + SIZES.central + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const end = extraEnd + directory.readUInt16LE(at + 32);
  if (end > directory.length) fail("its directory is damaged");
  const next = longNumbers(directory.subarray(nameEnd, extraEnd), fail);
  const field = (offset: number) => {
    const value = directory.readUInt32LE(at + offset);
    return value === LONG ? next() : value;
  };
  // Read in the order of their 64-bit forms.
  const unpacked = field(24);
  const length = field(20);
  const localHeader = field(42);
  const isStored = directory.readUInt16LE(at + 10) === 0 && length === unpacked;
  return {
    name: directory.toString("utf8", at + SIZES.central, nameEnd),
    isPlain: isStored && (directory.readUInt16LE(at + 8) & ENCRYPTED) === 0,
    length,
    localHeader,
    end,
  };
}

/** Returns a function that reads a record's 64-bit numbers, one after another. */
function longNumbers(extra: Buffer, fail: (reason: string) => never): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== LONG_EXTRA_FIELD)
    at += 4 + extra.readUInt16LE(at + 2);
  const end = at + 4 <= extra.length ? Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2)) : 0;
  at += 4;
  return () => {
    if (at + 8 > end) fail("its directory is damaged");
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  };
}
