import { type FileHandle, open } from "node:fs/promises";

/** Field numbers from onnx.proto: ModelProto.graph and .functions; GraphProto.node. A function is read as a whole, with its nodes. */
const GRAPH = 7;
const FUNCTIONS = 25;
const NODE = 1;

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/** Operators whose number of iterations depends on the graph's data. They are searched as bytes, so that nesting or an unusual encoding cannot hide them. */
const LOOPS = ["Loop", "Scan", "BeamSearch", "GreedySearch", "Sampling"].map((name) => Buffer.from(name));

/** Maximum size of a field's tag and length together, in bytes. */
const MAX_HEADER = 20;

/** How much is read at a time, in bytes: most nodes are shorter, and weights are skipped. */
const WINDOW = 1 << 16;

/**
 * Whether an ONNX model may compute without end, because its graph or one of its functions has a node that loops. Also true for a file that
 * cannot be read as ONNX. The weights are not read.
 *
 * @param model the serialised model, or its path
 */
export async function mayLoop(model: Uint8Array | string): Promise<boolean> {
  if (typeof model !== "string") return loops(bytesReader(model), 0, model.length, false);
  const file = await open(model);
  try {
    const { size } = await file.stat();
    return await loops(fileReader(file), 0, size, false);
  } finally {
    await file.close();
  }
}

/** Reads up to `length` bytes from `start` on. */
type Reader = (start: number, length: number) => Promise<Buffer>;

/** Searches the fields of a model or of a graph between two positions. */
async function loops(read: Reader, start: number, end: number, isGraph: boolean): Promise<boolean> {
  let at = start;
  while (at < end) {
    const header = await read(at, Math.min(MAX_HEADER, end - at));
    const tag = readVarint(header, 0);
    if (tag === undefined || tag.value < 8) return true;
    const [field, wireType] = [Math.floor(tag.value / 8), tag.value % 8];
    if (wireType === FIXED64 || wireType === FIXED32) {
      at += tag.next + (wireType === FIXED64 ? 8 : 4);
      continue;
    }
    const value = readVarint(header, tag.next);
    if (value === undefined || (wireType !== VARINT && wireType !== BYTES)) return true;
    at += value.next;
    if (wireType === VARINT) continue;
    const fieldEnd = at + value.value;
    if (!(fieldEnd <= end)) return true;
    if (!isGraph && field === GRAPH) {
      if (await loops(read, at, fieldEnd, true)) return true;
    } else if (isGraph ? field === NODE : field === FUNCTIONS) {
      const content = await read(at, value.value);
      if (LOOPS.some((name) => content.includes(name))) return true;
    }
    at = fieldEnd;
  }
  return false;
}

function readVarint(
  bytes: Buffer,
  start: number,
): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  let scale = 1;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return { value, next: at + 1 };
    scale *= 128;
  }
  return undefined;
}

function bytesReader(bytes: Uint8Array): Reader {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return async (start, length) => buffer.subarray(start, start + length);
}

/** Reads a window at a time, so that consecutive small fields need only one read. */
function fileReader(file: FileHandle): Reader {
  let window = Buffer.alloc(0);
  let windowStart = 0;
  return async (start, length) => {
    if (start < windowStart || start + length > windowStart + window.length) {
      const buffer = Buffer.alloc(Math.max(length, WINDOW));
      const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
      [window, windowStart] = [buffer.subarray(0, bytesRead), start];
    }
    return window.subarray(start - windowStart, start - windowStart + length);
  };
}
