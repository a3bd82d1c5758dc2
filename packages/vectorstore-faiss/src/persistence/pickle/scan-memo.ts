import type { ByteSource } from "@secondpass/faiss/io";
import { lineIndex } from "./line-index.js";
import { OP } from "./op.js";
import { PickleMemo } from "./pickle-memo.js";
import { type ReadOpcodesOptions, readOpcodes } from "./read-opcodes.js";
import { readUint32 } from "./read-uint32.js";

/**
 * Finds which memo entries of a pickle are used later: keeping only those lets a store of any size be read without
 * holding it all. Strings are passed over, so this costs little; damage that shows in lengths shows here first.
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

/** The memo index that a GET opcode asks for, `undefined` for other opcodes. */
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
