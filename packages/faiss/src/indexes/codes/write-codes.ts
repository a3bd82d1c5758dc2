import type { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { GrowingCodes } from "./growing-codes.js";

/** Writes codes as `readCodes` reads them. First yields the bytes that are already in the writer. */
export async function* writeCodes(writer: BinaryWriter, codes: GrowingCodes): AsyncGenerator<Uint8Array> {
  const bytes = codes.length * codes.codeSize;
  writer.size(bytes);
  yield writer.flush();
  yield* piecesOf(codes.data.subarray(0, bytes));
}
