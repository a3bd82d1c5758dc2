import { MetadataError } from "../../errors/metadata-error.js";
import { byteCodec } from "../../io/byte-codec.js";
import { type PythonKind, PythonValue } from "./python-value.js";
import { setOwn } from "./set-own.js";

/** Limit of nesting: deeper than any real metadata, shallow enough for every recursion here and in Python. */
export const MAX_METADATA_DEPTH = 100;

/** Maximum digits of a whole number: as many as always fit into the 4096 bytes that a pickle may have for one. */
export const MAX_INTEGER_DIGITS = 9_860;

/** The key that marks a typed value in the stored form: `{"@": kind, "v": payload}`. */
export const TYPE_KEY = "@";

/** Metadata as it is stored. */
export interface EncodedMetadata {
  /** JSON; "" is an object without keys. */
  readonly json: string;
  /** Whether `{"@": …}` marks typed values in it; plain JSON otherwise. */
  readonly typed: boolean;
}

/**
 * Encodes metadata without loss: JSON values as JSON; bigint, Date, Map, Set, bytes, NaN and values
 * from Python (`PythonValue`) marked with their type. `undefined` and `toJSON` are treated as JSON.stringify does.
 * @throws MetadataError for functions, symbols, dates that Python cannot hold, whole numbers of more than 9,860 digits, cycles, and nesting
 * deeper than 100
 */
export function encodeMetadata(metadata: unknown): EncodedMetadata {
  const encoder = new MetadataEncoder();
  const json = JSON.stringify(encoder.encode(metadata, "metadata"));
  return { json: json === "{}" ? "" : json, typed: encoder.typed };
}

class MetadataEncoder {
  typed = false;
  /** Objects being encoded, to notice one that contains itself. */
  readonly #open = new Set<object>();

  encode(value: unknown, path: string): unknown {
    switch (typeof value) {
      case "string":
      case "boolean":
        return value;
      case "undefined":
        return null;
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : this.#typed("float", numberText(value));
      case "bigint":
        return this.#integer(value, path);
      case "object":
        return value === null ? null : this.#object(value, path);
      default:
        throw new MetadataError(
          path,
          `a ${typeof value} cannot be stored as data. Leave it out or store a string.`,
        );
    }
  }

  #object(value: object, path: string): unknown {
    if (this.#open.has(value)) throw new MetadataError(path, "it contains itself.");
    if (this.#open.size >= MAX_METADATA_DEPTH) {
      throw new MetadataError(path, `it is nested deeper than ${MAX_METADATA_DEPTH} levels.`);
    }
    this.#open.add(value);
    const encoded = this.#encodeObject(value, path);
    this.#open.delete(value);
    return encoded;
  }

  #encodeObject(value: object, path: string): unknown {
    if (Array.isArray(value)) return this.#list(value, path);
    if (value instanceof PythonValue) return this.#python(value, path);
    // Tags, not instanceof: values may come from another realm (a worker, a vm, jest).
    switch (Object.prototype.toString.call(value)) {
      case "[object Date]":
        return this.#date(value as Date, path);
      case "[object Set]":
        return this.#typed("set", this.#list([...(value as Set<unknown>)], path));
      case "[object Map]":
        return this.#typed("dict", this.#entries([...(value as Map<unknown, unknown>)], path));
    }
    if (value instanceof Uint8Array) return this.#bytes("bytes", value);
    if (ArrayBuffer.isView(value) && Symbol.iterator in value)
      return [...(value as Iterable<number>)].map((item, i) => this.encode(item, `${path}.${i}`));
    if ("toJSON" in value && typeof value.toJSON === "function") return this.encode(value.toJSON(), path);
    return this.#record(value, path);
  }

  #record(value: object, path: string): unknown {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    // An object that happens to have the marker as a key must not look like a typed value.
    if (Object.hasOwn(value, TYPE_KEY)) return this.#typed("object", this.#entries(entries, path));
    const record: Record<string, unknown> = {};
    for (const [key, item] of entries) {
      setOwn(record, key, this.encode(item, `${path}.${key}`));
    }
    return record;
  }

  #integer(value: bigint, path: string): unknown {
    const text = value.toString();
    if (text.length > MAX_INTEGER_DIGITS) {
      const reason = `a whole number may have ${MAX_INTEGER_DIGITS} digits, got ${text.length}. Store it as a text.`;
      throw new MetadataError(path, reason);
    }
    return this.#typed("int", text);
  }

  #list(items: readonly unknown[], path: string): unknown[] {
    return Array.from(items, (item, i) => this.encode(item, `${path}.${i}`));
  }

  #entries(entries: readonly (readonly [unknown, unknown])[], path: string): unknown[] {
    return entries.map(([key, item], i) => [
      this.encode(key, `${path}.key ${i}`),
      this.encode(item, `${path}.${typeof key === "string" ? key : i}`),
    ]);
  }

  #date(date: Date, path: string): unknown {
    if (Number.isNaN(date.getTime())) throw new MetadataError(path, "it is an invalid Date.");
    const [, year] = /^([+-]?\d+)-/.exec(date.toISOString())!;
    if (year!.length !== 4 || year === "0000") {
      throw new MetadataError(
        path,
        `Python's dates go from the year 1 to the year 9999, got ${date.toISOString()}. Store it as a text.`,
      );
    }
    return this.#typed("datetime", [date.toISOString().slice(0, -1), 0, null, 0]);
  }

  #bytes(kind: "bytes" | "bytearray", view: Uint8Array): unknown {
    return this.#typed(kind, byteCodec.encodeBase64(view));
  }

  #python(value: PythonValue, path: string): unknown {
    if (value.is("tuple") || value.is("set") || value.is("frozenset")) {
      return this.#typed(value.kind, this.#list(value.payload, path));
    }
    if (value.is("dict")) return this.#typed("dict", this.#entries(value.payload, path));
    if (value.is("bytes") || value.is("bytearray")) return this.#bytes(value.kind, value.payload);
    if (value.is("int")) return this.#integer(value.payload, path);
    if (value.is("float")) return this.#typed("float", numberText(value.payload));
    return this.#typed(value.kind, value.payload);
  }

  #typed(kind: PythonKind | "object", payload: unknown): unknown {
    this.typed = true;
    return { [TYPE_KEY]: kind, v: payload };
  }
}

/** `String`, but with the sign of a negative zero. */
export function numberText(value: number): string {
  return Object.is(value, -0) ? "-0" : String(value);
}
