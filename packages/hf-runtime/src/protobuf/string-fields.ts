import { mapProtobuf } from "./map-protobuf.js";

/** Reads the length-delimited fields 1 and 2 of a message as text; if a field occurs several times, its last value. */
export function stringFields(message: Uint8Array): ReadonlyMap<number, string> {
  const fields = new Map<number, string>();
  for (const number of [1, 2]) {
    mapProtobuf(message, [number], (content) => {
      fields.set(number, Buffer.from(content).toString("utf8"));
      return content;
    });
  }
  return fields;
}
