import type { BinaryReader } from "../../format/binary-reader.js";

/** A vector of codes. @param length bytes that it must have */
export async function readCodes(reader: BinaryReader, length: number): Promise<Uint8Array> {
  const codes = await reader.vector(Uint8Array);
  reader.expect(codes.length === length, `Expected codes of ${length} bytes, got ${codes.length}.`);
  return codes;
}
