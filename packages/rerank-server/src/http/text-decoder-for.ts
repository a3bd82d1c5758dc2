import { RequestError } from "../errors/request-error.js";

/** Content types of a JSON body. */
const JSON_TYPE = /^(application|text)\/([\w.!#$&^-]+\+)?json$/;

/** A parameter of a content type. Text between quotes does not begin another parameter. */
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/g;

/**
 * Returns a decoder from bytes to text for a body in JSON. Without a charset the text is UTF-8, or UTF-16 if a byte order mark says so.
 *
 * @param contentType value of the Content-Type header
 * @throws {RequestError} 415 if the body is not JSON, or its charset is unknown
 */
export function textDecoderFor(contentType: string | undefined): (bytes: Uint8Array) => string {
  const [type = ""] = (contentType ?? "").split(";", 1);
  if (!JSON_TYPE.test(type.trim().toLowerCase())) {
    throw new RequestError("unsupportedMediaType", "Expected a body in application/json.");
  }
  const charset = [...(contentType ?? "").matchAll(PARAMETER)]
    .filter(([, name]) => name?.toLowerCase() === "charset")
    .map(([, , quoted, plain]) => quoted ?? plain?.trim())[0];
  if (charset !== undefined) newDecoder(charset);
  return (bytes) => decode(bytes, encodingOf(bytes, charset));
}

/** Chooses the encoding. For "utf-16", the byte order mark decides the byte order; without one it is little-endian, as the WHATWG says. */
function encodingOf(bytes: Uint8Array, charset: string | undefined): string {
  if (charset !== undefined && !/^(utf-?16|ucs-?2|unicode)$/i.test(charset)) return charset;
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return charset ?? "utf-8";
}

function newDecoder(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch (error) {
    throw new RequestError(
      "unsupportedMediaType",
      "Expected a charset of the WHATWG's list, such as utf-8, utf-16le or windows-1252.",
      { cause: error },
    );
  }
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return newDecoder(charset).decode(bytes);
  } catch (error) {
    if (RequestError.isInstance(error)) throw error;
    throw new RequestError(
      "malformed",
      `Expected a body in charset ${charset.toLowerCase()}; it has other bytes.`,
    );
  }
}
