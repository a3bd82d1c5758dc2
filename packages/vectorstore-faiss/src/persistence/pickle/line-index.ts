import { MalformedPickleError } from "../../errors/malformed-pickle-error.js";
import { byteCodec } from "../../io/byte-codec.js";

/** A memo index written as a line of digits. @throws MalformedPickleError */
export function lineIndex(bytes: Uint8Array, start: number, end: number, position: number): number {
  const text = byteCodec.decodeLatin1(bytes, start, end).trimEnd();
  if (!/^\d{1,15}$/.test(text))
    throw new MalformedPickleError(position, "it has a memo index that is not a number");
  return Number(text);
}
