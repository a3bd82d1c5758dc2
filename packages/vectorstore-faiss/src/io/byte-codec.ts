/** Converts text to bytes and back. There is one implementation for Node and one for browsers; both do the same. */
export interface ByteCodec {
  /** An array of `count` bytes, contents undefined. */
  allocate(count: number): Uint8Array;
  /** UTF-8; lone surrogates become U+FFFD. The bytes may share memory with others: read them before any other call, or copy them. */
  encodeUtf8(text: string): Uint8Array;
  /** Writes UTF-8 at `offset`, where there must be room for three bytes a character. @returns number of bytes written */
  writeUtf8(target: Uint8Array, offset: number, text: string): number;
  /** The text of bytes `start` to `end`; bytes that are not UTF-8 become U+FFFD. */
  decodeUtf8(bytes: Uint8Array, start?: number, end?: number): string;
  isUtf8(bytes: Uint8Array): boolean;
  /** Each byte as a character from U+0000 to U+00FF. */
  decodeLatin1(bytes: Uint8Array, start?: number, end?: number): string;
  encodeBase64(bytes: Uint8Array): string;
  /** @returns a new array, which shares no memory */
  decodeBase64(text: string): Uint8Array;
}

/** A codec by Node's Buffer: for short texts several times as fast as `webCodec`. */
export function bufferCodec(): ByteCodec {
  const fatal = new TextDecoder("utf-8", { fatal: true });
  const view = (bytes: Uint8Array): Buffer =>
    Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return {
    allocate: (count) => Buffer.allocUnsafeSlow(count),
    encodeUtf8: (text) => Buffer.from(text, "utf8"),
    writeUtf8: (target, offset, text) => view(target).write(text, offset, "utf8"),
    decodeUtf8: (bytes, start, end) => view(bytes).toString("utf8", start, end),
    isUtf8: (bytes) => decodes(fatal, bytes),
    decodeLatin1: (bytes, start, end) => view(bytes).toString("latin1", start, end),
    encodeBase64: (bytes) => view(bytes).toString("base64"),
    // Copied, since a small Buffer shares its memory with others.
    decodeBase64: (text) => Uint8Array.from(Buffer.from(text, "base64")),
  };
}

/** A codec by TextEncoder, TextDecoder and atob, which every browser and Node have. */
export function webCodec(): ByteCodec {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const fatal = new TextDecoder("utf-8", { fatal: true });
  const decodeLatin1 = (bytes: Uint8Array, start = 0, end = bytes.length): string => {
    let text = "";
    for (let at = start; at < end; at++) text += String.fromCharCode(bytes[at]!);
    return text;
  };
  return {
    allocate: (count) => new Uint8Array(count),
    encodeUtf8: (text) => encoder.encode(text),
    writeUtf8: (target, offset, text) => encoder.encodeInto(text, target.subarray(offset)).written,
    decodeUtf8: (bytes, start, end) => decoder.decode(bytes.subarray(start, end)),
    isUtf8: (bytes) => decodes(fatal, bytes),
    decodeLatin1,
    encodeBase64: (bytes) => btoa(decodeLatin1(bytes)),
    decodeBase64: (text) => Uint8Array.from(atob(text), (character) => character.charCodeAt(0)),
  };
}

function decodes(fatal: Pick<InstanceType<typeof TextDecoder>, "decode">, bytes: Uint8Array): boolean {
  try {
    fatal.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The codec of this platform. */
export const byteCodec: ByteCodec = typeof globalThis.Buffer === "function" ? bufferCodec() : webCodec();
