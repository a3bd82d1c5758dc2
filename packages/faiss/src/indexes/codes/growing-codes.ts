import type { WorkSlices } from "@secondpass/core";
import { isAllowed } from "../../ids/id-filter.js";

/** A list of codes of one size. It grows by at least half, which makes many small additions linear. */
export class GrowingCodes {
  #length: number;

  /** @param bytes whole codes; used without copying */
  constructor(
    readonly codeSize: number,
    private bytes: Uint8Array = new Uint8Array(0),
    length = codeSize === 0 ? 0 : bytes.length / codeSize,
  ) {
    this.#length = length;
  }

  get length(): number {
    return this.#length;
  }

  /** The bytes of the codes, valid until the next change; may be longer than `length` codes. */
  get data(): Uint8Array {
    return this.bytes;
  }

  /** Appends a code of zeros; write to it before any other call. */
  append(): Uint8Array {
    const { codeSize } = this;
    const start = this.#length * codeSize;
    if (start + codeSize > this.bytes.length) {
      const grown = new Uint8Array(Math.max(4, Math.ceil(this.#length * 1.5) + 1) * codeSize);
      grown.set(this.bytes.subarray(0, start));
      this.bytes = grown;
    }
    this.#length++;
    return this.bytes.subarray(start, start + codeSize).fill(0);
  }

  truncate(length: number): void {
    this.#length = Math.min(this.#length, length);
  }

  /** Keeps the codes whose bit is set; later ones move down. */
  async retain(kept: Uint8Array, slices: WorkSlices): Promise<void> {
    const { codeSize } = this;
    // Copy to another array, since searches in progress, or copies, still use the old one.
    const bytes = new Uint8Array(this.#length * codeSize);
    let next = 0;
    for (let row = 0; row < this.#length; row++) {
      if (slices.due()) await slices.pause();
      if (!isAllowed(kept, row)) continue;
      bytes.set(this.bytes.subarray(row * codeSize, (row + 1) * codeSize), next * codeSize);
      next++;
    }
    this.bytes = bytes;
    this.#length = next;
  }

  clone(): GrowingCodes {
    const bytes = this.bytes.slice(0, this.#length * this.codeSize);
    return new GrowingCodes(this.codeSize, bytes, this.#length);
  }
}
