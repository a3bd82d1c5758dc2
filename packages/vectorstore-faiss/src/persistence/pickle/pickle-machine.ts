import { MalformedPickleError } from "../../errors/malformed-pickle-error.js";
import { byteCodec } from "../../io/byte-codec.js";
import { lineIndex } from "./line-index.js";
import { OP } from "./op.js";
import type { PickleMemo } from "./pickle-memo.js";
import { PickleStack } from "./pickle-stack.js";
import { readLiteral } from "./read-literal.js";
import { readUint32 } from "./read-uint32.js";
import { PythonDataError } from "./values/python-data-error.js";
import { PythonDict } from "./values/python-dict.js";
import { type FindGlobal, PythonGlobal } from "./values/python-global.js";
import { PythonInstance } from "./values/python-instance.js";
import { PythonSet } from "./values/python-set.js";
import { PythonTuple } from "./values/python-tuple.js";

/**
 * Python's pickle machine, for plain data only: it runs opcodes on a stack of values and looks up names in a
 * closed list. Values that JavaScript has are JavaScript's; others are the `Python…` classes in `values/`.
 */
export class PickleMachine {
  readonly #stack = new PickleStack();
  #memoized = 0;

  constructor(
    private readonly findGlobal: FindGlobal,
    /** The memo, in which `scanMemo` has marked the entries that are used later. */
    private readonly memo: PickleMemo,
    /** Whether the bytes given to `step` never change, so that large values need no copy. */
    private readonly bytesStay: boolean,
  ) {}

  /** The value of the whole pickle, after STOP. */
  get result(): unknown {
    return this.#stack.top();
  }

  /**
   * Runs one opcode. @returns a promise if the next opcode has to wait
   * @throws MalformedPickleError, PickleBudgetError, ForbiddenGlobalError
   */
  step(
    code: number,
    bytes: Uint8Array,
    start: number,
    end: number,
    position: number,
  ): Promise<void> | undefined {
    try {
      if (code !== OP.BUILD) {
        this.#run(code, bytes, start, end, position);
        return undefined;
      }
      return this.#build()?.catch((error) => {
        throw placed(error, position);
      });
    } catch (error) {
      throw placed(error, position);
    }
  }

  #run(code: number, bytes: Uint8Array, start: number, end: number, position: number): void {
    switch (code) {
      case OP.PROTO:
        if (bytes[start]! > 5) throw new PythonDataError(`it is of protocol ${bytes[start]}, newer than 5`);
        return;
      case OP.FRAME:
        return;
      case OP.STOP:
        this.#stack.expectOne();
        return;
      case OP.MARK:
        this.#stack.mark();
        return;
      case OP.POP:
        this.#stack.popOrUnmark();
        return;
      case OP.POP_MARK:
        this.#stack.popMark();
        return;
      case OP.DUP:
        this.#stack.push(this.#stack.top());
        return;
      default:
        if (this.#runMemo(code, bytes, start, end, position) || this.#runContainer(code)) return;
        if (this.#runObject(code, bytes, start, end)) return;
        this.#stack.push(readLiteral(code, bytes, start, end, this.bytesStay));
    }
  }

  #runMemo(code: number, bytes: Uint8Array, start: number, end: number, position: number): boolean {
    switch (code) {
      case OP.MEMOIZE:
        this.#remember(this.#memoized++);
        return true;
      case OP.BINPUT:
        this.#remember(bytes[start]!);
        return true;
      case OP.LONG_BINPUT:
        this.#remember(readUint32(bytes, start));
        return true;
      case OP.PUT:
        this.#remember(lineIndex(bytes, start, end, position));
        return true;
      case OP.BINGET:
        this.#recall(bytes[start]!);
        return true;
      case OP.LONG_BINGET:
        this.#recall(readUint32(bytes, start));
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
        this.#stack.push(PythonTuple.EMPTY);
        return true;
      case OP.TUPLE:
        this.#stack.push(new PythonTuple(this.#stack.popMark()));
        return true;
      case OP.TUPLE1:
      case OP.TUPLE2:
      case OP.TUPLE3:
        this.#stack.push(new PythonTuple(this.#stack.popMany(code - OP.TUPLE1 + 1)));
        return true;
      case OP.EMPTY_LIST:
        this.#stack.push([]);
        return true;
      case OP.LIST:
        this.#stack.push(this.#stack.popMark());
        return true;
      case OP.APPEND:
        this.#extend([this.#stack.pop()]);
        return true;
      case OP.APPENDS:
        this.#extend(this.#stack.popMark());
        return true;
      case OP.EMPTY_DICT:
        this.#stack.push(new PythonDict());
        return true;
      case OP.DICT: {
        const items = this.#stack.popMark();
        this.#stack.push(new PythonDict());
        this.#setItems(items);
        return true;
      }
      case OP.SETITEM:
        this.#setItems(this.#stack.popMany(2));
        return true;
      case OP.SETITEMS:
        this.#setItems(this.#stack.popMark());
        return true;
      case OP.EMPTY_SET:
        this.#stack.push(new PythonSet("set"));
        return true;
      case OP.FROZENSET: {
        const frozen = new PythonSet("frozenset");
        frozen.add(this.#stack.popMark());
        this.#stack.push(frozen);
        return true;
      }
      case OP.ADDITEMS: {
        const items = this.#stack.popMark();
        const set = this.#stack.top();
        if (!(set instanceof PythonSet))
          throw new PythonDataError("it adds items to a value that is not a set");
        set.add(items);
        return true;
      }
      default:
        return false;
    }
  }

  #runObject(code: number, bytes: Uint8Array, start: number, end: number): boolean {
    switch (code) {
      case OP.GLOBAL: {
        const [module = "", name = ""] = byteCodec.decodeUtf8(bytes, start, end).split("\n");
        this.#stack.push(this.findGlobal(module, name));
        return true;
      }
      case OP.STACK_GLOBAL: {
        const [module, name] = this.#stack.popMany(2);
        if (typeof module !== "string" || typeof name !== "string")
          throw new PythonDataError("it has a class name that is not text");
        this.#stack.push(this.findGlobal(module, name));
        return true;
      }
      case OP.NEWOBJ:
      case OP.REDUCE: {
        const [callable, args] = this.#stack.popMany(2);
        if (!(callable instanceof PythonGlobal) || !(args instanceof PythonTuple)) {
          throw new PythonDataError("it calls a value that is not a class");
        }
        this.#stack.push(callable.call(args.items, this.findGlobal));
        return true;
      }
      default:
        return false;
    }
  }

  #build(): Promise<void> | undefined {
    const state = this.#stack.pop();
    const instance = this.#stack.top();
    if (!(instance instanceof PythonInstance)) throw new PythonDataError("it gives state to plain data");
    return instance.setState(state);
  }

  #extend(items: readonly unknown[]): void {
    const list = this.#stack.top();
    if (!Array.isArray(list)) throw new PythonDataError("it appends to a value that is not a list");
    for (const item of items) list.push(item);
  }

  #setItems(items: readonly unknown[]): void {
    const dict = this.#stack.top();
    if (!(dict instanceof PythonDict) || items.length % 2 !== 0)
      throw new PythonDataError("it sets items of a value that is not a dict");
    for (let i = 0; i < items.length; i += 2) dict.set(items[i], items[i + 1]);
  }

  #remember(index: number): void {
    this.memo.keep(index, this.#stack.top());
  }

  #recall(index: number): void {
    const value = this.memo.recall(index);
    if (value === undefined)
      throw new PythonDataError(`it refers to the value ${index}, which it did not store`);
    this.#stack.push(value);
  }
}

/** Adds the position in the file to an error. */
function placed(error: unknown, position: number): unknown {
  if (!(error instanceof PythonDataError)) return error;
  return new MalformedPickleError(position, error.message, { cause: error });
}
