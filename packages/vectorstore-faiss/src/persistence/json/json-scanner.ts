import { StoreFileError } from "../../errors/store-file-error.js";
import { byteCodec } from "../../io/byte-codec.js";
import { type ByteWindow, OutOfBytes } from "../../io/byte-window.js";

/**
 * Metadata nests up to 100 levels, each of which takes up to three in typed JSON; beyond that JSON.parse and what
 * comes after it must be kept off the end of the stack.
 */
const MAX_DEPTH = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACES = new Set([0x20, 0x0a, 0x0d, 0x09]);
const OPEN_ARRAY = 0x5b;
const OPEN_OBJECT = 0x7b;
const CLOSE_ARRAY = 0x5d;
const CLOSE_OBJECT = 0x7d;
/** What ends a number, `true`, `false` or `null`: comma, colon and brackets too. */
const DELIMITERS = new Set([0x2c, 0x3a, CLOSE_ARRAY, CLOSE_OBJECT, ...SPACES]);

/**
 * Reads JSON too large for one string piece by piece: the caller walks through the outer arrays and objects, and
 * takes the small values inside whole.
 */
export class JsonScanner {
  constructor(
    private readonly window: ByteWindow,
    /** Named in errors. */
    private readonly path: string,
  ) {}

  /** The next byte that is no space, without taking it; -1 at the end. */
  async peek(): Promise<number> {
    for (;;) {
      if (!this.window.has(1)) {
        if (this.window.remaining === 0) return -1;
        await this.window.fill(1);
      }
      const byte = this.window.bytes[this.window.start]!;
      if (!SPACES.has(byte)) return byte;
      this.window.start++;
    }
  }

  /** Takes `character` when it is next. */
  async accept(character: string): Promise<boolean> {
    if ((await this.peek()) !== character.charCodeAt(0)) return false;
    this.window.start++;
    return true;
  }

  /** Takes `character`. @throws StoreFileError when something else is next */
  async expect(character: string): Promise<void> {
    if (!(await this.accept(character))) throw this.error(`expected "${character}"`);
  }

  /** Takes one whole value, which must fit in memory. @throws StoreFileError */
  async value(): Promise<unknown> {
    if ((await this.peek()) < 0) throw this.error("expected a value");
    const length = await this.#extent();
    const { bytes, start } = this.window;
    const text = byteCodec.decodeUtf8(bytes, start, start + length);
    // Only bad bytes, or a replacement character itself, decode to one.
    if (text.includes("\ufffd") && !byteCodec.isUtf8(bytes.subarray(start, start + length))) {
      throw this.error("its text is no UTF-8");
    }
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      throw this.error(`it is no JSON (${(error as Error).message})`, { cause: error });
    }
    this.window.start += length;
    return value;
  }

  /** An error about the place where the scanner is. */
  error(reason: string, options?: ErrorOptions): StoreFileError {
    return new StoreFileError(this.path, `${reason} at byte ${this.window.position}.`, options);
  }

  /** Bytes of the next value; waits until they are all at hand. */
  async #extent(): Promise<number> {
    let depth = 0;
    let inText = false;
    for (let at = 0; ; ) {
      const { bytes, start, end } = this.window;
      for (; start + at < end; at++) {
        const byte = bytes[start + at]!;
        if (inText) {
          if (byte === BACKSLASH) at++;
          else if (byte === QUOTE) {
            inText = false;
            if (depth === 0) return at + 1;
          }
        } else if (byte === QUOTE) {
          inText = true;
        } else if (byte === OPEN_ARRAY || byte === OPEN_OBJECT) {
          if (++depth > MAX_DEPTH) throw this.error(`it is nested deeper than ${MAX_DEPTH} levels`);
        } else if (depth === 0) {
          if (DELIMITERS.has(byte)) return at;
        } else if (byte === CLOSE_ARRAY || byte === CLOSE_OBJECT) {
          if (--depth === 0) return at + 1;
        }
      }
      if (!(await this.#more(at))) {
        if (depth === 0 && !inText) return this.window.end - this.window.start;
        throw this.error("it ends too early");
      }
    }
  }

  /** Gets more than `held` bytes into the window, doubling; false at the end of the file. */
  async #more(held: number): Promise<boolean> {
    const { remaining } = this.window;
    if (held >= remaining) return false;
    try {
      await this.window.fill(Math.min(remaining, Math.max(held + 1, held * 2)));
    } catch (error) {
      if (error instanceof OutOfBytes) return false;
      throw error;
    }
    return true;
  }
}
