import type { BinaryReader } from "../../format/binary-reader.js";
import { GrowingCodes } from "./growing-codes.js";

/** Maximum number of codes without bytes, which no other length in the file limits. */
const MAX_EMPTY_CODES = 1 << 16;

/** Reads codes. @param count expected number of codes */
export async function readCodes(
  reader: BinaryReader,
  count: number,
  codeSize: number,
): Promise<GrowingCodes> {
  reader.expect(
    codeSize > 0 || count <= MAX_EMPTY_CODES,
    `Expected at most ${MAX_EMPTY_CODES} codes of no bytes, got ${count}.`,
  );
  const bytes = await reader.count(1);
  reader.expect(bytes === count * codeSize, `Expected codes of ${count * codeSize} bytes, got ${bytes}.`);
  return new GrowingCodes(codeSize, await reader.elements(Uint8Array, bytes), count);
}
