import type { FileHandle } from "node:fs/promises";
import { workSlices } from "@secondpass/core";
import { readFully } from "@secondpass/core/node";

/** A file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** First byte of its content, counted from the start of the archive. */
  readonly offset: number;
  /** Bytes of its content as it is stored. */
  readonly length: number;
  /** Whether the content is stored as it is: not compressed, not encrypted. */
  readonly isPlain: boolean;
}

/** Signatures of the format's records. Source: APPNOTE.TXT of PKWARE, version 6.3.10 */
const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const LONG_END = 0x06064b50;
const LONG_END_LOCATOR = 0x07064b50;
/** Bytes of the records without their names and comments. */
const SIZES = { local: 30, central: 46, end: 22, longEnd: 56, longEndLocator: 20 };
const MAX_COMMENT_BYTES = 0xffff;
/** Stands for a number that is in a field of 64 bits. */
const LONG = 0xffffffff;
const LONG_EXTRA_FIELD = 1;
const ENCRYPTED = 1;
/** An archive of a model has an entry of some 100 bytes for each tensor. */
const MAX_DIRECTORY_BYTES = 16 * 2 ** 20;

/**
 * Reads the directory of a zip archive, that of archives beyond 4 GB too. The contents are not read. (Libraries that do it are CommonJS or
 * do not tell where the contents are; this one is bundled into ESM programs.)
 *
 * @param refuse throws for what is no whole archive
 */
export async function readZipDirectory(
  handle: FileHandle,
  size: number,
  refuse: (reason: string) => never,
): Promise<ZipEntry[]> {
  const read = async (offset: number, length: number): Promise<Buffer> => {
    if (offset < 0 || length < 0 || offset + length > size) refuse("its directory is cut off");
    const bytes = Buffer.alloc(length);
    if ((await readFully(handle, bytes, offset)) < length) refuse("it ended while it was read");
    return bytes;
  };
  const { start, length } = await findDirectory(read, size, refuse);
  if (length > MAX_DIRECTORY_BYTES) refuse(`its directory has ${length} bytes`);
  const directory = await read(start, length);
  const slices = workSlices();
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    const record = readRecord(directory, at, refuse);
    at = record.end;
    const local = await read(record.localHeader, SIZES.local);
    if (local.readUInt32LE() !== LOCAL) refuse("an entry of its directory is not there");
    const offset = record.localHeader + SIZES.local + local.readUInt16LE(26) + local.readUInt16LE(28);
    if (offset + record.length > size) refuse("an entry ends after the file");
    entries.push({ name: record.name, offset, length: record.length, isPlain: record.isPlain });
    if (slices.due()) await slices.pause();
  }
  return entries;
}

interface Directory {
  readonly start: number;
  readonly length: number;
}

/** The place of the directory, by the record at the archive's end. */
async function findDirectory(
  read: (offset: number, length: number) => Promise<Buffer>,
  size: number,
  refuse: (reason: string) => never,
): Promise<Directory> {
  const tailBytes = Math.min(size, SIZES.end + MAX_COMMENT_BYTES);
  const tail = await read(size - tailBytes, tailBytes);
  let at = tailBytes - SIZES.end;
  while (
    at >= 0 &&
    !(tail.readUInt32LE(at) === END && at + SIZES.end + tail.readUInt16LE(at + 20) === tailBytes)
  )
    at--;
  if (at < 0) refuse("it has no directory at its end");
  const found = { length: tail.readUInt32LE(at + 12), start: tail.readUInt32LE(at + 16) };
  if (found.length !== LONG && found.start !== LONG && tail.readUInt16LE(at + 10) !== 0xffff) return found;
  const locator = await read(size - tailBytes + at - SIZES.longEndLocator, SIZES.longEndLocator);
  if (locator.readUInt32LE() !== LONG_END_LOCATOR) return found;
  const end = await read(Number(locator.readBigUInt64LE(8)), SIZES.longEnd);
  if (end.readUInt32LE() !== LONG_END) refuse("its directory is cut off");
  return { length: Number(end.readBigUInt64LE(40)), start: Number(end.readBigUInt64LE(48)) };
}

interface DirectoryRecord {
  readonly name: string;
  readonly isPlain: boolean;
  readonly length: number;
  readonly localHeader: number;
  /** Position behind the record. */
  readonly end: number;
}

function readRecord(directory: Buffer, at: number, refuse: (reason: string) => never): DirectoryRecord {
  if (at + SIZES.central > directory.length || directory.readUInt32LE(at) !== CENTRAL)
    refuse("its directory is damaged");
  const nameEnd = at + SIZES.central + directory.readUInt16LE(at + 28);
  const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
  const end = extraEnd + directory.readUInt16LE(at + 32);
  if (end > directory.length) refuse("its directory is damaged");
  const next = longNumbers(directory.subarray(nameEnd, extraEnd), refuse);
  const field = (offset: number) => {
    const value = directory.readUInt32LE(at + offset);
    return value === LONG ? next() : value;
  };
  // In the order in which their long forms follow one another.
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

/** Gives the numbers of 64 bits of a record, one after the other. */
function longNumbers(extra: Buffer, refuse: (reason: string) => never): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== LONG_EXTRA_FIELD)
    at += 4 + extra.readUInt16LE(at + 2);
  const end = at + 4 <= extra.length ? Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2)) : 0;
  at += 4;
  return () => {
    if (at + 8 > end) refuse("its directory is damaged");
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  };
}
