import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { bufferCodec, byteCodec, webCodec } from "../../src/io/byte-codec.js";

/** Text of any UTF-16 code units, lone surrogates and byte order marks included. */
const text = fc.string({
  unit: fc
    .oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0xfeff, 0x41, 0xd83c, 0xdf50))
    .map((unit) => String.fromCharCode(unit)),
});

describe("byte codecs", () => {
  const codecs = [bufferCodec(), webCodec()] as const;

  it("encode the same with and without Buffer", () => {
    fc.assert(
      fc.property(text, (string) => {
        const [node, web] = codecs.map((codec) => {
          const target = codec.allocate(string.length * 3 + 2);
          const written = codec.writeUtf8(target, 2, string);
          const bytes = codec.encodeUtf8(string);
          return [Array.from(bytes), Array.from(target.subarray(2, 2 + written)), codec.encodeBase64(bytes)];
        });
        expect(web).toEqual(node);
        expect(node![0]).toEqual(node![1]);
      }),
    );
  });

  it("decode any bytes the same, and only the given range", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          text.map((t) => codecs[1].encodeUtf8(t)),
        ),
        fc.nat(9),
        (bytes, start) => {
          const [node, web] = codecs.map((codec) => [
            codec.decodeUtf8(bytes),
            codec.decodeUtf8(bytes, start),
            codec.decodeUtf8(bytes, start, start + 4),
            codec.decodeLatin1(bytes, start, Math.min(bytes.length, start + 4)),
            codec.isUtf8(bytes),
            Array.from(codec.decodeBase64(codec.encodeBase64(bytes))),
          ]);
          expect(web).toEqual(node);
          expect(node![5]).toEqual(Array.from(bytes));
        },
      ),
    );
  });

  it("use Buffer in Node", () => {
    expect(Buffer.isBuffer(byteCodec.allocate(1))).toBe(true);
  });
});
