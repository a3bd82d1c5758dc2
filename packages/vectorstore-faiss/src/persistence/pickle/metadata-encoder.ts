import type { StoredRecord } from "../../documents/docstore.js";
import {
  MAX_INTEGER_DIGITS,
  MAX_METADATA_DEPTH,
  numberText,
  TYPE_KEY,
} from "../../documents/metadata/encode-metadata.js";
import { type PythonKind, PythonValue } from "../../documents/metadata/python-value.js";
import { byteCodec } from "../../io/byte-codec.js";
import { NumpyArray } from "./numpy/numpy-array.js";
import { integerText } from "./values/integer-text.js";
import type { PickleBudget } from "./values/pickle-budget.js";
import { PythonDataError } from "./values/python-data-error.js";
import { PythonDict } from "./values/python-dict.js";
import { PythonInstance } from "./values/python-instance.js";
import { PythonSet } from "./values/python-set.js";
import { PythonTuple } from "./values/python-tuple.js";

/** Metadata in its stored form. */
export type EncodedMetadata = Pick<StoredRecord, "metadata" | "typed">;

/** Values written between two checks of the clock. */
const VALUES_AT_ONCE = 2000;
/** Cost of each value, at most what one byte of the file pays for. */
const VALUE_COST = 32;
/** Characters of JSON that are converted to bytes as one part. */
const PART_LENGTH = 256 * 1024;
/** Maximum number of keys whose JSON is cached. */
const MAX_KEYS = 1000;
const EMPTY = new Uint8Array(0);

/** How an open container is written: the items of a list, or the keys and values of a dict as an object or as a list of pairs. */
const LIST = 0;
const OBJECT = 1;
const PAIRS = 2;

interface Container {
  readonly kind: typeof LIST | typeof OBJECT | typeof PAIRS;
  /** The items; of a dict, keys and values alternate. */
  readonly items: readonly unknown[];
  /** Replaces the items if it is a numpy array. */
  readonly array: NumpyArray | undefined;
  readonly length: number;
  readonly close: string;
  next: number;
}

/**
 * Encodes metadata that a pickle built in the stored form of `encodeMetadata`: in one pass, without recursion, and in parts, so that metadata of any
 * size does not block the event loop.
 */
export class MetadataEncoder {
  readonly #keys = new Map<string, string>();
  readonly #open: Container[] = [];
  #text = "";
  #parts: Uint8Array[] = [];
  /** Total characters of the parts. */
  #length = 0;
  #typed = false;

  /** @param budget charged each time a value is written */
  constructor(private readonly budget: PickleBudget) {}

  /**
   * @param pause called between parts of long metadata
   * @returns a promise if the metadata is long
   * @throws PythonDataError for values that are not data and for cycles; PickleBudgetError
   */
  encode(metadata: PythonDict, pause: () => Promise<void>): EncodedMetadata | Promise<EncodedMetadata> {
    this.#open.length = 0;
    this.#text = "";
    this.#parts = [];
    this.#length = 0;
    this.#typed = false;
    if (metadata.items === undefined) return { metadata: EMPTY, typed: false };
    this.#write(metadata);
    return this.#run() ? this.#finish() : this.#rest(pause);
  }

  async #rest(pause: () => Promise<void>): Promise<EncodedMetadata> {
    do {
      this.#flush();
      await pause();
    } while (!this.#run());
    return this.#finish();
  }

  #finish(): EncodedMetadata {
    const typed = this.#typed;
    if (this.#parts.length === 0) return { metadata: byteCodec.encodeUtf8(this.#text), typed };
    this.#flush();
    const metadata = new Uint8Array(this.#parts.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const part of this.#parts) {
      metadata.set(part, at);
      at += part.length;
    }
    this.#parts = [];
    return { metadata, typed };
  }

  #flush(): void {
    // Copied, since bytes of the codec may share memory.
    this.#parts.push(Uint8Array.from(byteCodec.encodeUtf8(this.#text)));
    this.#length += this.#text.length;
    this.#text = "";
    this.budget.checkMetadata(this.#length);
  }

  /** Writes the next values. @returns whether all values are written */
  #run(): boolean {
    for (let values = 0; values < VALUES_AT_ONCE && this.#text.length < PART_LENGTH; values++) {
      const container = this.#open.at(-1);
      if (container === undefined) return true;
      const { kind, length, next } = container;
      if (next === length) {
        this.#text += container.close;
        this.#open.pop();
        continue;
      }
      container.next++;
      const item = container.array === undefined ? container.items[next] : container.array.at(next);
      if (kind === LIST) {
        if (next > 0) this.#text += ",";
        this.#write(item);
      } else if (kind === OBJECT) {
        if (next % 2 === 0) this.#text += (next > 0 ? "," : "") + this.#key(item as string);
        else this.#write(item);
      } else {
        this.#text += next % 2 === 1 ? "," : next > 0 ? "],[" : "[";
        this.#write(item);
      }
    }
    return false;
  }

  #write(value: unknown): void {
    this.budget.charge(VALUE_COST);
    switch (typeof value) {
      case "string":
        this.#put(JSON.stringify(value));
        return;
      case "number":
        this.#text += String(value);
        return;
      case "boolean":
        this.#text += value ? "true" : "false";
        return;
      case "bigint":
        this.#integer(value);
        return;
      default:
        if (value === null) this.#text += "null";
        else this.#object(value);
    }
  }

  #object(value: unknown): void {
    if (Array.isArray(value)) this.#begin(LIST, value, "[", "]");
    else if (value instanceof PythonTuple) this.#beginTyped("tuple", LIST, value.items);
    else if (value instanceof PythonSet) this.#beginTyped(value.kind, LIST, value.items ?? []);
    else if (value instanceof PythonDict) this.#dict(value.items ?? []);
    else if (value instanceof PythonValue) this.#leaf(value);
    // Such as a UUID, whose value is its state.
    else if (value instanceof PythonInstance && value.value instanceof PythonValue) this.#leaf(value.value);
    else if (value instanceof PythonInstance && value.value instanceof NumpyArray) this.#array(value.value);
    else if (value instanceof NumpyArray) this.#array(value);
    else throw new PythonDataError("its metadata has a class or an object that is not data");
  }

  #dict(items: readonly unknown[]): void {
    const kind = kindOf(items);
    if (kind === undefined) this.#begin(OBJECT, items, "{", "}");
    else this.#beginTyped(kind, PAIRS, items);
  }

  #array(array: NumpyArray): void {
    if (array.isScalar) this.#write(array.element);
    else this.#begin(LIST, [], "[", "]", array);
  }

  #beginTyped(
    kind: PythonKind | "object",
    layout: typeof LIST | typeof PAIRS,
    items: readonly unknown[],
  ): void {
    this.#typed = true;
    const close = layout === PAIRS && items.length > 0 ? "]]}" : "]}";
    this.#begin(layout, items, `{"${TYPE_KEY}":"${kind}","v":[`, close);
  }

  #begin(
    kind: Container["kind"],
    items: readonly unknown[],
    open: string,
    close: string,
    array?: NumpyArray,
  ): void {
    if (this.#open.length >= MAX_METADATA_DEPTH) {
      throw new PythonDataError(
        `its metadata is nested deeper than ${MAX_METADATA_DEPTH} levels or contains itself`,
      );
    }
    this.#text += open;
    this.#open.push({ kind, items, array, length: (array ?? items).length, close, next: 0 });
  }

  /** Writes a value without items. */
  #leaf(value: PythonValue): void {
    if (value.is("int")) this.#integer(value.payload);
    else if (value.is("float")) this.#typedText("float", `"${numberText(value.payload)}"`);
    else if (value.is("bytes") || value.is("bytearray")) {
      this.budget.charge(value.payload.length);
      this.#typedText(value.kind, `"${byteCodec.encodeBase64(value.payload)}"`);
    } else if (value.is("datetime")) {
      const [text, offset, zone, fold] = value.payload;
      this.#typedText("datetime", `["${text}",${offset},${zone === null ? null : `"${zone}"`},${fold}]`);
    } else {
      this.#typedText(value.kind, JSON.stringify(value.payload));
    }
  }

  #integer(value: bigint): void {
    const text = integerText(value, this.budget);
    if (text.length > MAX_INTEGER_DIGITS) throw new PythonDataError("it has a whole number that is too long");
    this.#typedText("int", `"${text}"`);
  }

  #typedText(kind: PythonKind, payload: string): void {
    this.#typed = true;
    this.#put(`{"${TYPE_KEY}":"${kind}","v":${payload}}`);
  }

  /** A key and its colon, cached since keys repeat. */
  #key(key: string): string {
    let text = this.#keys.get(key);
    if (text === undefined) {
      text = `${JSON.stringify(key)}:`;
      if (this.#keys.size < MAX_KEYS && key.length < 100) this.#keys.set(key, text);
    }
    this.budget.charge(VALUE_COST / 2 + text.length);
    return text;
  }

  #put(text: string): void {
    this.budget.charge(text.length);
    this.budget.checkMetadata(this.#length + this.#text.length + text.length);
    this.#text += text;
  }
}

/** The type mark of a dict that has keys other than strings, or the marker itself as a key; `undefined` for others. */
function kindOf(items: readonly unknown[]): "dict" | "object" | undefined {
  let kind: "object" | undefined;
  for (let i = 0; i < items.length; i += 2) {
    if (typeof items[i] !== "string") return "dict";
    if (items[i] === TYPE_KEY) kind = "object";
  }
  return kind;
}
