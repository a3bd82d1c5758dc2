import { GrowingIds } from "../../ids/growing-ids.js";

/** One list of an IVF index: codes and the ids of their vectors. */
export class InvertedList {
  readonly ids: GrowingIds;
  private bytes: Uint8Array<ArrayBufferLike>;

  /** Both arrays are used without copying. */
  constructor(
    private readonly codeSize: number,
    codes: Uint8Array<ArrayBufferLike> = new Uint8Array(0),
    ids: BigInt64Array<ArrayBufferLike> = new BigInt64Array(0),
  ) {
    this.bytes = codes;
    this.ids = new GrowingIds(ids);
  }

  get length(): number {
    return this.ids.length;
  }

  /** The bytes of the codes, valid until the next change; may be longer than `length` codes. */
  get codes(): Uint8Array {
    return this.bytes;
  }

  append(code: Uint8Array, id: bigint): void {
    const start = this.length * this.codeSize;
    if (start + this.codeSize > this.bytes.length) {
      const grown = new Uint8Array(Math.max(4, Math.ceil(this.length * 1.5) + 1) * this.codeSize);
      grown.set(this.bytes.subarray(0, start));
      this.bytes = grown;
    }
    this.bytes.set(code, start);
    this.ids.append(BigInt64Array.of(id));
  }

  /** Removes entry `i` as faiss does: the last entry replaces it. */
  remove(i: number): void {
    const last = this.length - 1;
    this.bytes.copyWithin(i * this.codeSize, last * this.codeSize, (last + 1) * this.codeSize);
    this.ids.set(i, this.ids.at(last));
    this.ids.truncate(last);
  }

  clone(): InvertedList {
    const codes = this.bytes.slice(0, this.length * this.codeSize);
    return new InvertedList(this.codeSize, codes, this.ids.view().slice());
  }
}
