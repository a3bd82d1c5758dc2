import { PythonValue } from "../docstore/python-value.js";
import { MalformedPickleError } from "../errors/malformed-pickle-error.js";
import { decodeWtf8 } from "../io/wtf8.js";
import type { FindGlobal } from "./allowed-globals.js";
import { floatValue, small } from "./numpy-globals.js";
import { OP } from "./opcodes.js";
import { decodeRawUnicodeEscape, decodeTwosComplement, parseDecimalInteger } from "./pickle-scalars.js";
import { PythonDict } from "./python-dict.js";
import { PythonDataError, PythonGlobal, PythonInstance, PythonSet, PythonTuple } from "./python-objects.js";
import { lineIndex } from "./scan-memo.js";

/** Real pickles hold a batch of 1000 items and some nesting on the stack; this bounds what a false one can. */
const MAX_STACK = 4_000_000;

/**
 * Python's pickle machine, for plain data only: opcodes come in, values stand on a stack, names are looked up in a
 * closed list. Values are JavaScript's where they are the same, else the `Python…` classes beside this file.
 */
export class PickleMachine {
  readonly #stack: unknown[] = [];
  /** Stack heights at which a MARK stands. */
  readonly #marks: number[] = [];
  readonly #memo = new Map<number, unknown>();
  #memoized = 0;

  constructor(
    private readonly findGlobal: FindGlobal,
    /** Memo entries worth keeping, from `scanMemo`. */
    private readonly wanted: ReadonlySet<number>,
  ) {}

  /** The value of the whole pickle, after STOP. */
  get result(): unknown {
    return this.#stack[0];
  }

  /** @throws MalformedPickleError, RefusedGlobalError */
  step(code: number, bytes: Buffer, start: number, end: number, position: number): void {
    try {
      this.#run(code, bytes, start, end, position);
    } catch (error) {
      if (error instanceof PythonDataError)
        throw new MalformedPickleError(position, error.message, { cause: error });
      throw error;
    }
    if (this.#stack.length > MAX_STACK)
      throw new MalformedPickleError(position, "it stacks up too many values");
  }

  #run(code: number, bytes: Buffer, start: number, end: number, position: number): void {
    switch (code) {
      case OP.PROTO:
        if (bytes[start]! > 5) throw new PythonDataError(`it is of protocol ${bytes[start]}, newer than 5`);
        return;
      case OP.FRAME:
        return;
      case OP.STOP:
        if (this.#stack.length !== 1 || this.#marks.length > 0) {
          throw new PythonDataError("it stops with other than one value");
        }
        return;
      case OP.MARK:
        this.#marks.push(this.#stack.length);
        return;
      case OP.POP:
        // Python's POP also takes a mark away.
        if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
        else this.#pop();
        return;
      case OP.POP_MARK:
        this.#popMark();
        return;
      case OP.DUP:
        this.#push(this.#top());
        return;
      default:
        if (this.#runMemo(code, bytes, start, end, position) || this.#runContainer(code)) return;
        if (this.#runObject(code, bytes, start, end)) return;
        this.#push(this.#scalar(code, bytes, start, end));
    }
  }

  /** Opcodes of numbers, text and bytes. */
  #scalar(code: number, bytes: Buffer, start: number, end: number): unknown {
    switch (code) {
      case OP.NONE:
        return null;
      case OP.NEWTRUE:
        return true;
      case OP.NEWFALSE:
        return false;
      case OP.BININT1:
        return bytes[start]!;
      case OP.BININT2:
        return bytes.readUInt16LE(start);
      case OP.BININT:
        return bytes.readInt32LE(start);
      case OP.LONG1:
      case OP.LONG4:
        return small(decodeTwosComplement(bytes.subarray(start, end)));
      case OP.INT:
      case OP.LONG:
        return parseDecimalInteger(bytes.toString("latin1", start, end).trimEnd());
      case OP.BINFLOAT:
        return floatValue(bytes.readDoubleBE(start));
      case OP.FLOAT:
        return floatValue(parseFloatLine(bytes.toString("latin1", start, end).trimEnd()));
      case OP.SHORT_BINUNICODE:
      case OP.BINUNICODE:
      case OP.BINUNICODE8: {
        const text = decodeWtf8(bytes, start, end);
        if (text === undefined)
          throw new PythonDataError("it has a text that is no UTF-8, or too long for JavaScript");
        return text;
      }
      case OP.UNICODE:
        return decodeRawUnicodeEscape(bytes.subarray(start, end - 1));
      case OP.SHORT_BINBYTES:
      case OP.BINBYTES:
      case OP.BINBYTES8:
        return new PythonValue("bytes", Uint8Array.from(bytes.subarray(start, end)));
      case OP.BYTEARRAY8:
        return new PythonValue("bytearray", Uint8Array.from(bytes.subarray(start, end)));
      default:
        throw new PythonDataError(`it has the unexpected opcode 0x${code.toString(16)}`);
    }
  }

  #runMemo(code: number, bytes: Buffer, start: number, end: number, position: number): boolean {
    switch (code) {
      case OP.MEMOIZE:
        this.#remember(this.#memoized++);
        return true;
      case OP.BINPUT:
        this.#remember(bytes[start]!);
        return true;
      case OP.LONG_BINPUT:
        this.#remember(bytes.readUInt32LE(start));
        return true;
      case OP.PUT:
        this.#remember(lineIndex(bytes, start, end, position));
        return true;
      case OP.BINGET:
        this.#recall(bytes[start]!);
        return true;
      case OP.LONG_BINGET:
        this.#recall(bytes.readUInt32LE(start));
        return true;
      case OP.GET:
        this.#recall(lineIndex(bytes, start, end, position));
        return true;
      default:
        return false;
    }
  }

  #runContainer(code: number): boolean {
    switch (code) {
      case OP.EMPTY_TUPLE:
        this.#push(new PythonTuple([]));
        return true;
      case OP.TUPLE:
        this.#push(new PythonTuple(this.#popMark()));
        return true;
      case OP.TUPLE1:
      case OP.TUPLE2:
      case OP.TUPLE3:
        this.#push(new PythonTuple(this.#popMany(code - OP.TUPLE1 + 1)));
        return true;
      case OP.EMPTY_LIST:
        this.#push([]);
        return true;
      case OP.LIST:
        this.#push(this.#popMark());
        return true;
      case OP.APPEND:
        this.#extend([this.#pop()]);
        return true;
      case OP.APPENDS:
        this.#extend(this.#popMark());
        return true;
      case OP.EMPTY_DICT:
        this.#push(new PythonDict());
        return true;
      case OP.DICT: {
        const items = this.#popMark();
        this.#push(new PythonDict());
        this.#setItems(items);
        return true;
      }
      case OP.SETITEM:
        this.#setItems(this.#popMany(2));
        return true;
      case OP.SETITEMS:
        this.#setItems(this.#popMark());
        return true;
      case OP.EMPTY_SET:
        this.#push(new PythonSet("set", []));
        return true;
      case OP.FROZENSET:
        this.#push(new PythonSet("frozenset", this.#popMark()));
        return true;
      case OP.ADDITEMS: {
        const items = this.#popMark();
        const set = this.#top();
        if (!(set instanceof PythonSet)) throw new PythonDataError("it adds to something that is no set");
        for (const item of items) set.items.push(item);
        return true;
      }
      default:
        return false;
    }
  }

  #runObject(code: number, bytes: Buffer, start: number, end: number): boolean {
    switch (code) {
      case OP.GLOBAL: {
        const [module = "", name = ""] = bytes.toString("utf8", start, end).split("\n");
        this.#push(this.findGlobal(module, name));
        return true;
      }
      case OP.STACK_GLOBAL: {
        const [module, name] = this.#popMany(2);
        if (typeof module !== "string" || typeof name !== "string")
          throw new PythonDataError("it names no class");
        this.#push(this.findGlobal(module, name));
        return true;
      }
      case OP.NEWOBJ:
      case OP.REDUCE: {
        const [callable, args] = this.#popMany(2);
        if (!(callable instanceof PythonGlobal) || !(args instanceof PythonTuple)) {
          throw new PythonDataError("it calls something that is no class");
        }
        this.#push(callable.call(args.items));
        return true;
      }
      case OP.BUILD: {
        const state = this.#pop();
        const instance = this.#top();
        if (!(instance instanceof PythonInstance)) throw new PythonDataError("it gives state to plain data");
        instance.setState(state);
        return true;
      }
      default:
        return false;
    }
  }

  #push(value: unknown): void {
    this.#stack.push(value);
  }

  #pop(): unknown {
    this.#require(1);
    return this.#stack.pop();
  }

  /** The topmost values, the deepest first; they must lie above the last mark. */
  #popMany(count: number): unknown[] {
    this.#require(count);
    return this.#stack.splice(this.#stack.length - count);
  }

  #top(): unknown {
    this.#require(1);
    return this.#stack.at(-1);
  }

  #require(count: number): void {
    if (this.#stack.length - (this.#marks.at(-1) ?? 0) < count)
      throw new PythonDataError("it takes values it never made");
  }

  #popMark(): unknown[] {
    const height = this.#marks.pop();
    if (height === undefined) throw new PythonDataError("it takes a list it never began");
    return this.#stack.splice(height);
  }

  #extend(items: readonly unknown[]): void {
    const list = this.#top();
    if (!Array.isArray(list)) throw new PythonDataError("it appends to something that is no list");
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly unknown[]): void {
    const dict = this.#top();
    if (!(dict instanceof PythonDict) || items.length % 2 !== 0)
      throw new PythonDataError("it sets items of no dict");
    for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
  }

  #remember(index: number): void {
    const value = this.#top();
    if (this.wanted.has(index)) this.#memo.set(index, value);
  }

  #recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined)
      throw new PythonDataError(`it refers to the value ${index}, which it never kept`);
    this.#push(value);
  }
}

function parseFloatLine(text: string): number {
  if (text === "nan") return Number.NaN;
  if (/^-?inf$/.test(text)) return text === "inf" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (!/^-?\d+(\.\d*)?(e[+-]?\d+)?$/.test(text))
    throw new PythonDataError("it has a float that is no number");
  return Number(text);
}
