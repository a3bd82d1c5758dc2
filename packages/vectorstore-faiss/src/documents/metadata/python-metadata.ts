import { byteCodec } from "../../io/byte-codec.js";
import { decodeMetadata, type Entry, type Json } from "./decode-metadata.js";
import { type PythonKind, PythonValue } from "./python-value.js";

/** Stored metadata with Python's types: JSON values, plain objects for dicts, and `PythonValue`s. */
export function pythonMetadata(json: string, typed: boolean): unknown {
  return decodeMetadata(json, typed, pythonTyped);
}

function pythonTyped(kind: string, payload: Json, inner: (value: Json) => unknown): unknown {
  switch (kind as PythonKind) {
    case "int":
      return new PythonValue("int", BigInt(payload as string));
    case "float":
      return new PythonValue("float", Number(payload));
    case "tuple":
    case "set":
    case "frozenset":
      return new PythonValue(kind as "tuple", (payload as Json[]).map(inner));
    case "dict":
      return new PythonValue(
        "dict",
        (payload as Entry[]).map(([key, item]) => [inner(key), inner(item)] as const),
      );
    case "bytes":
    case "bytearray":
      return new PythonValue(kind as "bytes", byteCodec.decodeBase64(payload as string));
    default:
      return new PythonValue(kind as "uuid", payload as string);
  }
}
