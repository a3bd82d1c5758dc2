import type { BufferedWriter } from "../../io/buffered-writer.js";
import { encodeWtf8 } from "../../io/encode-wtf8.js";
import { OP } from "./op.js";

/** Maximum number of names and keys that are written once and then referred to. */
const MAX_SHARED = 10_000;

/** Writes the opcodes of protocol 4, which every Python since 3.4 reads. */
export class PickleWriter {
  readonly #shared = new Map<string, number>();
  readonly #globals = new Map<string, number>();
  #memoized = 0;

  constructor(readonly out: BufferedWriter) {
    out.byte(OP.PROTO);
    out.byte(4);
  }

  op(...codes: readonly number[]): void {
    for (const code of codes) this.out.byte(code);
  }

  text(text: string): void {
    this.textBytes(encodeWtf8(text));
  }

  /** Writes text that is UTF-8 already. */
  textBytes(bytes: Uint8Array): void {
    this.#count(bytes.length, OP.SHORT_BINUNICODE, OP.BINUNICODE);
    this.out.bytes(bytes);
  }

  /** Writes text that repeats, such as keys: in full once, as a reference afterwards. */
  sharedText(text: string): void {
    const known = this.#shared.get(text);
    if (known !== undefined) {
      this.recall(known);
      return;
    }
    this.text(text);
    if (this.#shared.size < MAX_SHARED) this.#shared.set(text, this.memoize());
  }

  bytes(bytes: Uint8Array): void {
    this.startBytes(bytes.length);
    this.out.bytes(bytes);
  }

  /** Begins a bytes object; the caller writes its bytes. */
  startBytes(count: number): void {
    this.#count(count, OP.SHORT_BINBYTES, OP.BINBYTES);
  }

  /** Writes the name of a Python class or function. */
  global(module: string, name: string): void {
    const key = `${module}.${name}`;
    const known = this.#globals.get(key);
    if (known !== undefined) {
      this.recall(known);
      return;
    }
    this.text(module);
    this.text(name);
    this.op(OP.STACK_GLOBAL);
    this.#globals.set(key, this.memoize());
  }

  /** Writes a whole number of any length. */
  integer(value: number | bigint): void {
    if (value >= 0 && value < 0x100) {
      this.op(OP.BININT1, Number(value));
    } else if (value >= 0 && value < 0x10000) {
      this.op(OP.BININT2);
      this.out.uint16(Number(value));
    } else if (value >= -0x80000000 && value < 0x80000000) {
      this.op(OP.BININT);
      this.out.int32(Number(value));
    } else {
      this.#long(BigInt(value));
    }
  }

  float(value: number): void {
    this.op(OP.BINFLOAT);
    this.out.float64(value);
  }

  /** Memoizes the value written last. @returns its number, for `recall` */
  memoize(): number {
    this.op(OP.MEMOIZE);
    return this.#memoized++;
  }

  recall(index: number): void {
    if (index < 0x100) {
      this.op(OP.BINGET, index);
    } else {
      this.op(OP.LONG_BINGET);
      this.out.uint32(index);
    }
  }

  #long(value: bigint): void {
    const bytes: number[] = [];
    let rest = value;
    // Two's complement, least significant byte first. The top bit of the last byte is the sign.
    do {
      bytes.push(Number(BigInt.asUintN(8, rest)));
      rest >>= 8n;
    } while (!(rest === 0n && bytes.at(-1)! < 0x80) && !(rest === -1n && bytes.at(-1)! >= 0x80));
    this.#count(bytes.length, OP.LONG1, OP.LONG4);
    this.out.bytes(Uint8Array.from(bytes));
  }

  #count(bytes: number, shortCode: number, longCode: number): void {
    if (bytes < 0x100) {
      this.op(shortCode, bytes);
    } else {
      this.op(longCode);
      this.out.uint32(bytes);
    }
  }
}
