import type { ByteSource } from "@secondpass/faiss/io";
import { lineIndex } from "./line-index.js";
import { OP } from "./op.js";
import { PickleMemo } from "./pickle-memo.js";
import { type ReadOpcodesOptions, readOpcodes } from "./read-opcodes.js";
import { readUint32 } from "./read-uint32.js";

/**
 * Finds the memo entries of a pickle that are used later. A reader that keeps only those can read a store of any size
 * without holding it in memory. Strings are skipped, so this is fast. Damaged lengths are found here first.
 * @throws MalformedPickleError
 */
export async function scanMemo(source: ByteSource, options: ReadOpcodesOptions = {}): Promise<PickleMemo> {
  const memo = new PickleMemo();
  await readOpcodes(
    source,
    (...opcode) => {
      const index = memoIndex(...opcode);
      if (index !== undefined) memo.want(index);
      return undefined;
    },
    { ...options, skipCounted: true },
  );
  return memo;
}

/** The memo index of a GET opcode; `undefined` for other opcodes. */
function memoIndex(
  code: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  position: number,
): number | undefined {
  switch (code) {
    case OP.BINGET:
      return bytes[start]!;
    case OP.LONG_BINGET:
      return readUint32(bytes, start);
    case OP.GET:
      return lineIndex(bytes, start, end, position);
    default:
      return undefined;
  }
}
