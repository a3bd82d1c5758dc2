import type { PartDecoder } from "./part-decoder.js";

/** Makes a strict decoder of UTF-32, which TextDecoder does not support. It removes a byte order mark. */
export function utf32Decoder(littleEndian: boolean): PartDecoder {
  let rest = new Uint8Array(0);
  let isStart = true;
  return {
    decode(part, { stream }) {
      const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      const whole = bytes.length - (bytes.length % 4);
      const pieces: string[] = [];
      for (let at = 0; at < whole; at += 4) {
        const code = view.getUint32(at, littleEndian);
        if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) throw new TypeError("Not a code point");
        if (!isStart || code !== 0xfeff) pieces.push(String.fromCodePoint(code));
        isStart = false;
      }
      rest = bytes.slice(whole);
      if (!stream && rest.length > 0) throw new TypeError("Part of a code point");
      return pieces.join("");
    },
  };
}
