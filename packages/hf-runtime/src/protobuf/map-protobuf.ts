const VARINT = 0;
const FIXED64 = 1;
const BYTES = 2;
const FIXED32 = 5;

/**
 * Copies a protobuf message and replaces the contents of some of its length-delimited fields: those at the path `path` (field numbers, outermost
 * first). All other bytes stay the same.
 */
export function mapProtobuf(
  message: Uint8Array,
  path: readonly number[],
  replace: (content: Uint8Array) => Uint8Array,
): Uint8Array {
  const [field, ...deeper] = path;
  if (field === undefined) return replace(message);
  const parts: Uint8Array[] = [];
  let at = 0;
  while (at < message.length) {
    const start = at;
    const tag = readVarint(message, at);
    at = tag.next;
    const wireType = tag.value % 8;
    if (wireType === VARINT) at = readVarint(message, at).next;
    else if (wireType === FIXED64) at += 8;
    else if (wireType === FIXED32) at += 4;
    else if (wireType === BYTES) {
      const length = readVarint(message, at);
      at = length.next + length.value;
      if (Math.floor(tag.value / 8) === field) {
        const content = mapProtobuf(message.subarray(length.next, at), deeper, replace);
        parts.push(message.subarray(start, tag.next), writeVarint(content.length), content);
        continue;
      }
    } else {
      // A group or a damaged file: copy the rest unchanged. The reader of the message will report the error.
      at = message.length;
    }
    parts.push(message.subarray(start, at));
  }
  return Buffer.concat(parts);
}

function readVarint(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let value = 0;
  let scale = 1;
  let at = start;
  for (; at < bytes.length; at++) {
    const byte = bytes[at]!;
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) break;
    scale *= 128;
  }
  return { value, next: at + 1 };
}

function writeVarint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Uint8Array.from([...bytes, rest]);
}
