import { OP } from "../../../src/persistence/pickle/op.js";

/** A small assembler of pickles: each function gives the bytes that leave one value on the stack. */

export function join(...parts: readonly (Uint8Array | number)[]): Uint8Array {
  return Buffer.concat(parts.map((part) => (typeof part === "number" ? Uint8Array.of(part) : part)));
}

export function repeat(count: number, part: Uint8Array): Uint8Array {
  return Buffer.alloc(Math.floor(count) * part.length, part);
}

export function counted(code: number, bytes: Uint8Array): Uint8Array {
  const head = Buffer.alloc(5);
  head[0] = code;
  head.writeUInt32LE(bytes.length, 1);
  return join(head, bytes);
}

export const text = (value: string) => counted(OP.BINUNICODE, Buffer.from(value));
export const bytes = (value: Uint8Array) => counted(OP.BINBYTES, value);
export const whole = (value: Uint8Array) => counted(OP.LONG4, value);

export function int(value: number): Uint8Array {
  const out = Buffer.alloc(5);
  out[0] = OP.BININT;
  out.writeInt32LE(value, 1);
  return out;
}

export const global = (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`);
export const tuple = (...items: Uint8Array[]) => join(OP.MARK, ...items, OP.TUPLE);
export const list = (...items: Uint8Array[]) => join(OP.EMPTY_LIST, OP.MARK, ...items, OP.APPENDS);
export const dict = (...entries: (readonly [Uint8Array, Uint8Array])[]) =>
  join(OP.EMPTY_DICT, OP.MARK, ...entries.flat(), OP.SETITEMS);
export const call = (callable: Uint8Array, args: Uint8Array) => join(callable, args, OP.REDUCE);
export const state = (made: Uint8Array, given: Uint8Array) => join(made, given, OP.BUILD);

/** Memoizes a value under a number below 256, and removes it from the stack. */
export const kept = (index: number, value: Uint8Array) => join(value, OP.BINPUT, index, OP.POP);
export const get = (index: number) => Uint8Array.of(OP.BINGET, index);

export const document = (content: Uint8Array, metadata: Uint8Array) =>
  state(
    join(global("langchain_core.documents.base", "Document"), OP.EMPTY_TUPLE, OP.NEWOBJ),
    dict([text("page_content"), content], [text("metadata"), metadata]),
  );

/** A whole pickle: first memoized values, then documents by id and ids by position. */
export function store(
  before: readonly Uint8Array[],
  documents: readonly (readonly [Uint8Array, Uint8Array])[],
  mapping: Uint8Array = dict(...documents.map(([id], i) => [int(i), id] as const)),
): Uint8Array {
  const docstore = state(
    join(global("langchain_community.docstore.in_memory", "InMemoryDocstore"), OP.EMPTY_TUPLE, OP.NEWOBJ),
    dict([text("_dict"), dict(...documents)]),
  );
  return join(OP.PROTO, 4, ...before, tuple(docstore, mapping), OP.STOP);
}

/** A store with one document, whose metadata has a value `v`. */
export const storeOf = (before: readonly Uint8Array[], value: Uint8Array) =>
  store(before, [[text("id"), document(text("x"), dict([text("v"), value]))]]);
