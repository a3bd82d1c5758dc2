import { describe, expect, it } from "@jest/globals";
import * as fc from "fast-check";
import { ProtobufWriter } from "../../src/protobuf/protobuf-writer.js";

const hex = (writer: ProtobufWriter) => Buffer.from(writer.finish()).toString("hex");

describe("ProtobufWriter", () => {
  it.each([
    // The examples of https://protobuf.dev/programming-guides/encoding/
    ["an integer", new ProtobufWriter().int(1, 150), "089601"],
    ["a string", new ProtobufWriter().string(2, "testing"), "120774657374696e67"],
    ["a message", new ProtobufWriter().message(3, new ProtobufWriter().int(1, 150)), "1a03089601"],
    ["packed integers", new ProtobufWriter().ints(6, [3, 270, 86942]), "3206038e029ea705"],
    ["a negative integer", new ProtobufWriter().int(1, -2), "08feffffffffffffffff01"],
    ["a field number above 15", new ProtobufWriter().int(20, 1), "a00101"],
    ["a float", new ProtobufWriter().float(2, 1), "150000803f"],
  ])("writes %s as the format says", (_, writer, expected) => {
    expect(hex(writer)).toBe(expected);
  });

  it("writes every safe integer so that it can be read again", () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (value) => {
        const [, ...bytes] = new ProtobufWriter().int(1, value).finish();
        const read = bytes.reduce((sum, byte, i) => sum | (BigInt(byte & 127) << BigInt(7 * i)), 0n);
        expect(Number(BigInt.asIntN(64, read))).toBe(value);
      }),
    );
  });
});
