import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { RequestError } from "../errors/request-error.js";
import { bodyTooLarge } from "./receive-body.js";

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflate = promisify(zlib.inflate) as Decompress;
const inflateRaw = promisify(zlib.inflateRaw) as Decompress;
const gunzip = promisify(zlib.gunzip) as Decompress;
/** Node 22.15 and newer have it. */
const { zstdDecompress } = zlib as { zstdDecompress?: (...args: never[]) => void };

/** Content codings that this Node can decode. */
const DECODERS: Readonly<Record<string, Decompress>> = {
  gzip: gunzip,
  "x-gzip": gunzip,
  br: promisify(zlib.brotliDecompress) as Decompress,
  // In the standard, "deflate" is zlib's format, which begins with method 8; some clients send the bare stream.
  deflate: (bytes, options) =>
    (bytes[0] ?? 8) % 16 === 8 ? inflate(bytes, options) : inflateRaw(bytes, options),
  ...(zstdDecompress && { zstd: promisify(zstdDecompress) as unknown as Decompress }),
};

/** Bodies decompressed at a time: decompression bombs can hold at most this many times the limit of a body. */
const MAX_DECODING = 4;
let decoding = 0;
const waiting: (() => void)[] = [];

/**
 * Returns a content decoder for the body that the headers describe.
 *
 * @param contentEncoding value of the Content-Encoding header
 * @returns undefined if the body is not encoded
 * @throws {RequestError} 415 if the coding is unknown, or there are several
 */
export function contentDecoder(
  contentEncoding: string | undefined,
): ((bytes: Buffer, maxBytes: number) => Promise<Buffer>) | undefined {
  const coding = contentEncoding?.trim().toLowerCase() ?? "";
  if (coding === "" || coding === "identity") return undefined;
  const decode = Object.hasOwn(DECODERS, coding) ? DECODERS[coding] : undefined;
  if (decode === undefined) {
    throw new RequestError(
      "unsupportedMediaType",
      `Expected a content encoding of ${Object.keys(DECODERS).join(", ")}, or none.`,
    );
  }
  return (bytes, maxBytes) => decodeInTurn(decode, coding, bytes, maxBytes);
}

async function decodeInTurn(
  decode: Decompress,
  coding: string,
  bytes: Buffer,
  maxBytes: number,
): Promise<Buffer> {
  if (decoding >= MAX_DECODING) await new Promise<void>((resolve) => waiting.push(resolve));
  else decoding += 1;
  try {
    return await decode(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE") throw bodyTooLarge(maxBytes);
    throw new RequestError(
      "malformed",
      `Expected a body in content encoding ${coding}; it cannot be decoded.`,
      {
        cause: error,
      },
    );
  } finally {
    const next = waiting.shift();
    if (next) next();
    else decoding -= 1;
  }
}
