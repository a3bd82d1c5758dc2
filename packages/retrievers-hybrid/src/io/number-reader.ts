import type { ByteReader } from "./byte-reader.js";

/** Maximum number of numbers that are decoded at a time. */
const BUFFERED = 4096;

/** Reads many consecutive numbers that a `ByteWriter` wrote. Nothing else may be read from the bytes meanwhile. */
export class NumberReader {
  /** The next numbers are at indices `at` up to `end`. The reader of these numbers must increase `at`. */
  readonly numbers = new Uint32Array(BUFFERED);
  at = 0;
  end = 0;

  /** @param damaged makes the error for invalid bytes */
  constructor(
    private readonly reader: ByteReader,
    private readonly damaged: (reason: string) => Error,
  ) {}

  /** Upper bound of the numbers that are left. */
  get remaining(): number {
    return this.reader.remaining + this.end - this.at;
  }

  /** Decodes more numbers after the current ones. Throws if there are none. */
  async fill(): Promise<void> {
    this.numbers.copyWithin(0, this.at, this.end);
    this.end -= this.at;
    this.at = 0;
    if (this.reader.isLow) await this.reader.fill();
    const count = this.reader.varints(this.numbers.subarray(this.end));
    if (count === 0) throw this.damaged("it ends too early");
    this.end += count;
  }

  /** Reads the next number. */
  async next(): Promise<number> {
    if (this.at === this.end) await this.fill();
    return this.numbers[this.at++]!;
  }
}
