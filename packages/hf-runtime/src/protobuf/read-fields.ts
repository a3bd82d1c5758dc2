/** A field of a protobuf message: an integer, or bytes. */
export interface ProtobufField {
  readonly number: number;
  /** 0: an integer; 1 and 5: 8 and 4 bytes; 2: bytes, preceded by their length. */
  readonly wireType: number;
  /** The integer of wire type 0, with a double's precision; 0 for other wire types. */
  readonly value: number;
  /** The content of wire types 1, 2 and 5, not copied; empty for wire type 0. */
  readonly bytes: Uint8Array;
}

const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;
const EMPTY = new Uint8Array();

/**
 * Reads the fields of a protobuf message in order.
 * @see https://protobuf.dev/programming-guides/encoding/
 * @throws RangeError if the message ends within a field, or has a field of an unknown wire type
 */
export function* readFields(message: Uint8Array): Generator<ProtobufField, void, undefined> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1, count = 0; count < 10; count++, scale *= 128) {
      if (at >= message.length) break;
      const byte = message[at++]!;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError("An integer of a protobuf message does not end");
  };
  const take = (length: number): Uint8Array => {
    if (length > message.length - at) throw new RangeError("A protobuf message ends within a field");
    at += length;
    return message.subarray(at - length, at);
  };
  while (at < message.length) {
    const tag = varint();
    const wireType = tag % 8;
    const number = Math.floor(tag / 8);
    if (wireType === VARINT) yield { number, wireType, value: varint(), bytes: EMPTY };
    else if (wireType === FIXED64) yield { number, wireType, value: 0, bytes: take(8) };
    else if (wireType === FIXED32) yield { number, wireType, value: 0, bytes: take(4) };
    else if (wireType === BYTES) yield { number, wireType, value: 0, bytes: take(varint()) };
    else throw new RangeError(`A protobuf message has a field of kind ${wireType}`);
  }
}
