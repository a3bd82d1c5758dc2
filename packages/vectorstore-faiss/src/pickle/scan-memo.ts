import { MalformedPickleError } from "../errors/malformed-pickle-error.js";
import type { ByteSource } from "../format/byte-source.js";
import { OP } from "./opcodes.js";
import { type ReadOpcodesOptions, readOpcodes } from "./read-opcodes.js";

/**
 * Finds which memo entries of a pickle are ever asked for. Python memoizes every string and object, six for each
 * document, and refers to few again: keeping only those lets a store of any size be read without holding it all.
 * Strings are passed over, so this costs little; damage that shows in lengths shows here first.
 * @throws MalformedPickleError
 */
export async function scanMemo(
  source: ByteSource,
  options: ReadOpcodesOptions = {},
): Promise<ReadonlySet<number>> {
  const wanted = new Set<number>();
  await readOpcodes(
    source,
    (code, argument, position) => {
      const index = memoIndex(code, argument, position);
      if (index !== undefined) wanted.add(index);
    },
    { ...options, skipCounted: true },
  );
  return wanted;
}

/** The memo index that a GET opcode asks for, `undefined` for other opcodes. */
function memoIndex(code: number, argument: Buffer, position: number): number | undefined {
  switch (code) {
    case OP.BINGET:
      return argument[0]!;
    case OP.LONG_BINGET:
      return argument.readUInt32LE(0);
    case OP.GET:
      return lineIndex(argument, position);
    default:
      return undefined;
  }
}

/** A memo index written as a line of digits. @throws MalformedPickleError */
export function lineIndex(argument: Buffer, position: number): number {
  const text = argument.toString("latin1").trimEnd();
  if (!/^\d{1,15}$/.test(text))
    throw new MalformedPickleError(position, "it has a memo index that is no number");
  return Number(text);
}
