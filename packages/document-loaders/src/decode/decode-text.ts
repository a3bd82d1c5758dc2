import { constants } from "node:buffer";
import { nextTurn } from "@secondpass/core";
import { FileDecodingError } from "../errors/file-decoding-error.js";
import { FileReadError } from "../errors/file-read-error.js";
import { UnknownEncodingError } from "../errors/unknown-encoding-error.js";
import { encodingName } from "./encoding-name.js";
import { encodingOfMark } from "./encoding-of-mark.js";
import { makeDecoder } from "./make-decoder.js";

/** Bytes decoded at a time: about a millisecond, so that the process can do other work between two parts. */
const PART_BYTES = 1 << 20;

/**
 * Decodes bytes strictly. Without an encoding, the byte order mark decides; without a mark it is UTF-8. "utf-16" and "utf-32" use the
 * byte order of the mark, and are little-endian without one.
 *
 * @param source name of the bytes in error messages
 * @throws {FileDecodingError} @throws {UnknownEncodingError}
 * @throws {FileReadError} if the text is longer than a string can be
 */
export async function decodeText(
  bytes: Uint8Array,
  encoding: string | undefined,
  source: string,
): Promise<string> {
  const mark = encodingOfMark(bytes);
  const named = encoding === undefined ? (mark ?? "utf-8") : encodingName(encoding);
  const exact = named === "utf-16" || named === "utf-32" ? withByteOrder(named, mark) : named;
  const decoder = makeDecoder(exact);
  if (decoder === undefined) throw new UnknownEncodingError(encoding ?? exact, source);
  const parts: string[] = [];
  let length = 0;
  for (let start = 0; start < bytes.length; start += PART_BYTES) {
    const end = Math.min(start + PART_BYTES, bytes.length);
    try {
      parts.push(decoder.decode(bytes.subarray(start, end), { stream: end < bytes.length }));
    } catch {
      throw new FileDecodingError(source, exact, firstBadByte(bytes, exact));
    }
    length += parts.at(-1)!.length;
    if (length > constants.MAX_STRING_LENGTH) throw new FileReadError(source, "a text", tooLong());
    if (end < bytes.length) await nextTurn();
  }
  return parts.join("");
}

function withByteOrder(named: "utf-16" | "utf-32", mark: string | undefined): string {
  return mark === `${named}be` ? mark : `${named}le`;
}

function tooLong(): string {
  return `one of more than ${constants.MAX_STRING_LENGTH} characters, which no string can hold: split it`;
}

/** Finds the position where decoding fails, by decoding again in smaller and smaller steps. */
function firstBadByte(bytes: Uint8Array, encoding: string): number {
  let good = 0;
  for (const step of [PART_BYTES, 1024, 1]) {
    const decoder = makeDecoder(encoding);
    decoder?.decode(bytes.subarray(0, good), { stream: true });
    try {
      for (; good < bytes.length; good += step) {
        decoder?.decode(bytes.subarray(good, good + step), { stream: true });
      }
    } catch {
      // The error is in this step; the next, smaller steps find its position.
    }
  }
  return Math.min(good, bytes.length);
}
