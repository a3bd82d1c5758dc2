import { type WorkSlices, workSlices } from "@secondpass/core";
import { MalformedTorchFileError } from "../errors/malformed-torch-file-error.js";
import { UnsupportedTorchFileError } from "../errors/unsupported-torch-file-error.js";
import { OP } from "./op.js";
import { TorchGlobal } from "./torch-global.js";
import { torchGlobals, torchStorage } from "./torch-globals.js";

/** Maximum number of containers and results of calls: there are five for each tensor. */
const MAX_OBJECTS = 1_000_000;
/** Maximum number of values in the memo: there are about ten for each tensor. */
const MAX_MEMO = 2_000_000;
/** Maximum number of values on the stack. Python appends to lists in batches of a thousand. */
const MAX_STACK = 100_000;
/** Maximum size of a text in bytes. The longest names of tensors have some hundreds. */
const MAX_TEXT = 65_536;
/** Steps between two checks of the clock. A step takes some 100 ns. */
const STEPS_PER_CHECK = 100;

/** Marks on the stack where a list of items begins. */
const MARK = Symbol("mark");

/** A pickle's value, and where the pickle ends. */
export interface PickledValue {
  /** null, a boolean, a number, a string, an array for a list or tuple, a Map for a dict, or an object of {@link torchGlobals}. */
  readonly value: unknown;
  /** Position after the pickle. */
  readonly end: number;
}

/**
 * Reads a pickle of torch.save without running code: it only knows numbers, texts, lists, dicts, and the few names of {@link torchGlobals}.
 * Memory and time grow with the number of bytes, up to fixed limits.
 *
 * @param file name for errors
 * @param start position of the pickle in `bytes`
 * @throws UnsupportedTorchFileError for another name, MalformedTorchFileError for bytes that are not a pickle
 */
export async function readPickle(file: string, bytes: Uint8Array, start = 0): Promise<PickledValue> {
  const machine = new PickleMachine(file, bytes, start);
  const slices = workSlices(undefined, { stepsPerCheck: STEPS_PER_CHECK });
  await machine.run(slices);
  return { value: machine.result, end: machine.position };
}

class PickleMachine {
  result: unknown;
  readonly #view: DataView;
  readonly #stack: unknown[] = [];
  readonly #memo = new Map<number, unknown>();
  readonly #globals = torchGlobals((reason) => this.#malformed(reason));
  #objects = 0;

  constructor(
    private readonly file: string,
    private readonly bytes: Uint8Array,
    public position: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  async run(slices: WorkSlices): Promise<void> {
    while (this.#step()) if (slices.due()) await slices.pause();
  }

  /** Runs one opcode. @returns whether there are more */
  #step(): boolean {
    const code = this.#uint(1);
    switch (code) {
      case OP.STOP:
        this.result = this.#pop();
        return false;
      case OP.PROTO:
        this.#uint(1);
        break;
      case OP.FRAME:
        this.#skip(8);
        break;
      case OP.MARK:
        this.#push(MARK);
        break;
      case OP.POP:
        this.#stack.pop();
        break;
      case OP.NONE:
        this.#push(null);
        break;
      case OP.NEWTRUE:
      case OP.NEWFALSE:
        this.#push(code === OP.NEWTRUE);
        break;
      case OP.BININT:
        this.#push(this.#uint(4) | 0);
        break;
      case OP.BININT1:
        this.#push(this.#uint(1));
        break;
      case OP.BININT2:
        this.#push(this.#uint(2));
        break;
      case OP.LONG1:
        this.#push(this.#long(this.#uint(1)));
        break;
      case OP.BINFLOAT:
        this.#push(this.#view.getFloat64(this.#skip(8)));
        break;
      case OP.SHORT_BINUNICODE:
      case OP.SHORT_BINSTRING:
      case OP.SHORT_BINBYTES:
        this.#push(this.#text(1));
        break;
      case OP.BINUNICODE:
      case OP.BINSTRING:
      case OP.BINBYTES:
        this.#push(this.#text(4));
        break;
      case OP.EMPTY_TUPLE:
      case OP.EMPTY_LIST:
        this.#make([]);
        break;
      case OP.TUPLE:
        this.#make(this.#items());
        break;
      case OP.TUPLE1:
      case OP.TUPLE2:
      case OP.TUPLE3:
        this.#make(this.#last(code - OP.TUPLE1 + 1));
        break;
      case OP.EMPTY_DICT:
        this.#make(new Map());
        break;
      case OP.APPEND:
        this.#append(this.#last(1));
        break;
      case OP.APPENDS:
        this.#append(this.#items());
        break;
      case OP.SETITEM:
        this.#set(this.#last(2));
        break;
      case OP.SETITEMS:
        this.#set(this.#items());
        break;
      case OP.BINPUT:
        this.#remember(this.#uint(1));
        break;
      case OP.LONG_BINPUT:
        this.#remember(this.#uint(4));
        break;
      case OP.MEMOIZE:
        this.#remember(this.#memo.size);
        break;
      case OP.BINGET:
        this.#recall(this.#uint(1));
        break;
      case OP.LONG_BINGET:
        this.#recall(this.#uint(4));
        break;
      case OP.GLOBAL:
        this.#push(this.#global(this.#line(), this.#line()));
        break;
      case OP.STACK_GLOBAL: {
        const [module, name] = this.#last(2);
        this.#push(this.#global(module, name));
        break;
      }
      case OP.BINPERSID:
        this.#make(torchStorage(this.#pop(), (reason) => this.#malformed(reason)));
        break;
      case OP.REDUCE:
        this.#call();
        break;
      case OP.BUILD:
        this.#build();
        break;
      default:
        this.#unsupported(`it has the pickle opcode 0x${code.toString(16)}, which such a file does not need`);
    }
    return true;
  }

  #call(): void {
    const [callable, args] = this.#last(2);
    if (!(callable instanceof TorchGlobal) || callable.call === undefined || !Array.isArray(args))
      this.#malformed("it calls something that is not a function");
    this.#make((callable as Required<TorchGlobal>).call(args as unknown[]));
  }

  /** Sets attributes of a state dict. torch stores versions of modules there, so they are ignored. */
  #build(): void {
    this.#pop();
    if (this.#stack.at(-1) instanceof Map) return;
    this.#unsupported("it sets attributes of something that is not a dict");
  }

  #global(module: unknown, name: unknown): TorchGlobal {
    const path = `${String(module).slice(0, 100)}.${String(name).slice(0, 100)}`;
    return this.#globals.get(path) ?? this.#unsupported(`it needs ${path}, which only Python can run`);
  }

  #append(items: readonly unknown[]): void {
    const list = this.#stack.at(-1);
    if (!Array.isArray(list)) this.#malformed("it appends to something that is not a list");
    for (const item of items) (list as unknown[]).push(item);
  }

  #set(items: readonly unknown[]): void {
    const dict = this.#stack.at(-1);
    if (!(dict instanceof Map) || items.length % 2 === 1)
      this.#malformed("it sets items of something that is not a dict");
    for (let i = 0; i < items.length; i += 2) (dict as Map<unknown, unknown>).set(items[i], items[i + 1]);
  }

  #remember(index: number): void {
    if (this.#memo.size >= MAX_MEMO) this.#unsupported(`it remembers more than ${MAX_MEMO} values`);
    if (this.#stack.length === 0) this.#malformed("its stack is empty");
    this.#memo.set(index, this.#stack.at(-1));
  }

  #recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) this.#malformed(`it recalls value ${index}, which it has not remembered`);
    this.#push(value);
  }

  /** Pushes a new object. */
  #make(value: unknown): void {
    this.#objects += 1;
    if (this.#objects > MAX_OBJECTS) this.#unsupported(`it has more than ${MAX_OBJECTS} objects`);
    this.#push(value);
  }

  #push(value: unknown): void {
    if (this.#stack.length >= MAX_STACK) this.#unsupported(`it has a list of more than ${MAX_STACK} values`);
    this.#stack.push(value);
  }

  #pop(): unknown {
    return this.#last(1)[0];
  }

  /** Removes the last values from the stack and returns them. */
  #last(count: number): unknown[] {
    const { length } = this.#stack;
    if (length < count || this.#stack.slice(length - count).includes(MARK))
      this.#malformed("its stack has too few values");
    return this.#stack.splice(length - count);
  }

  /** Removes the last mark and the values after it from the stack, and returns the values. */
  #items(): unknown[] {
    const mark = this.#stack.lastIndexOf(MARK);
    if (mark < 0) this.#malformed("it ends a list that has not begun");
    const items = this.#stack.splice(mark);
    items.shift();
    return items;
  }

  /** Reads an integer in two's complement. One of more than 8 bytes becomes infinite, because it cannot be a size. */
  #long(bytes: number): number {
    const start = this.#skip(bytes);
    if (bytes > 8) return Number.POSITIVE_INFINITY;
    let value = 0n;
    for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[start + i]!);
    return Number(BigInt.asIntN(bytes * 8, value));
  }

  #text(countBytes: 1 | 4): string {
    const length = this.#uint(countBytes);
    if (length > MAX_TEXT)
      this.#unsupported(`it has a text of ${length} bytes, at most ${MAX_TEXT} are read`);
    const start = this.#skip(length);
    return Buffer.from(this.bytes.buffer, this.bytes.byteOffset + start, length).toString("utf8");
  }

  #line(): string {
    const end = this.bytes.indexOf(0x0a, this.position);
    if (end < 0 || end - this.position > MAX_TEXT) this.#malformed("it has a name without an end");
    const text = Buffer.from(this.bytes.subarray(this.position, end)).toString("latin1");
    this.position = end + 1;
    return text;
  }

  #uint(bytes: 1 | 2 | 4): number {
    const start = this.#skip(bytes);
    if (bytes === 1) return this.bytes[start]!;
    return bytes === 2 ? this.#view.getUint16(start, true) : this.#view.getUint32(start, true);
  }

  /** Advances by some bytes. @returns their position */
  #skip(bytes: number): number {
    const start = this.position;
    if (start + bytes > this.bytes.length) this.#malformed("its pickle has no end");
    this.position += bytes;
    return start;
  }

  #malformed(reason: string): never {
    throw new MalformedTorchFileError(this.file, reason);
  }

  #unsupported(reason: string): never {
    throw new UnsupportedTorchFileError(this.file, reason);
  }
}
