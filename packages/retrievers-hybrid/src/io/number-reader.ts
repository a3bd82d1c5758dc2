import type { ByteReader } from "./byte-reader.js";

/** Numbers decoded at a time. */
const BUFFERED = 4096;

/** Reads many numbers that a `ByteWriter` wrote one after the other. Nothing else may be read from the bytes meanwhile. */
export class NumberReader {
  /** The next numbers are from `at` up to `end`. Whoever reads them moves `at`. */
  readonly numbers = new Uint32Array(BUFFERED);
  at = 0;
  end = 0;

  /** @param damaged makes the error for bytes that no writer wrote */
  constructor(
    private readonly reader: ByteReader,
    private readonly damaged: (reason: string) => Error,
  ) {}

  /** At least so many bytes are left, or so many numbers. */
  get remaining(): number {
    return this.reader.remaining + this.end - this.at;
  }

  /** Decodes more numbers behind those that are there. Throws if there are none. */
  async fill(): Promise<void> {
    this.numbers.copyWithin(0, this.at, this.end);
    this.end -= this.at;
    this.at = 0;
    if (this.reader.isLow) await this.reader.fill();
    const count = this.reader.varints(this.numbers.subarray(this.end));
    if (count === 0) throw this.damaged("it ends too early");
    this.end += count;
  }

  /** The next number. */
  async next(): Promise<number> {
    if (this.at === this.end) await this.fill();
    return this.numbers[this.at++]!;
  }
}
