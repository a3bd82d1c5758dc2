import type { BinaryWriter } from "../../format/binary-writer.js";
import { piecesOf } from "../../format/pieces-of.js";
import type { GrowingCodes } from "./growing-codes.js";

/** Codes as `readCodes` reads them; what the writer holds comes before them. */
export async function* writeCodes(writer: BinaryWriter, codes: GrowingCodes): AsyncGenerator<Uint8Array> {
  const bytes = codes.length * codes.codeSize;
  writer.size(bytes);
  yield writer.flush();
  yield* piecesOf(codes.data.subarray(0, bytes));
}
